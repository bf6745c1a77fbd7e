import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { bad, good } from './readme-example.ts'

const read = (name: string) => readFileSync(new URL(name, import.meta.url), 'utf8')

test('the example of the README is the one that is compiled here', () => {
  expect(read('../README.md')).toContain(`\`\`\`ts\n${read('./readme-example.ts')}\`\`\``)
})

test('and it answers what it says', () => {
  expect(good).toEqual({ effect: 'allow', commandLine: "tail -n '200' -- '/var/log/syslog'" })
  expect(bad).toMatchObject({
    effect: 'deny',
    code: 'POLICY_PARAM_MISMATCH',
    reason: expect.stringMatching(/^The parameter "path" does not match /),
  })
})
