import { createRedactor } from '@sshmcp/redact'

const redactor = createRedactor({
  secrets: ['correct horse battery'],
  rules: [{ id: 'badge', pattern: 'BDG-[0-9]{6,12}', prefixes: ['BDG-'] }],
})

export const { text, findings } = redactor.redact('DB_PASSWORD=hunter2 badge=BDG-471147 port=5432')
// 'DB_PASSWORD=[REDACTED:password] badge=[REDACTED:badge] port=5432', { password: 1, badge: 1 }

const stream = redactor.stream()
export const pieces = stream.write('the horse is corr') + stream.write('ect horse battery\n') + stream.end()
// 'the horse is [REDACTED:known-secret]\n'
