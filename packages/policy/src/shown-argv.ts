import { quoteLiteral } from './quote.ts'
import type { TemplateEntry } from './template-shape.ts'

/** Argv as a person reads it: words joined, quoted only where that is needed, placeholders left as written. */
export function shownArgv({ argv = [], sudo, env = {}, cwd = '' }: TemplateEntry): string {
  const readable = (word: string) => (/^[\w./:@+,=%{}-]+$/.test(word) ? word : quoteLiteral(word))
  const assignments = Object.entries(env).map(([name, value]) => `${name}=${value === '' ? '' : readable(value)}`)
  const words = [
    ...(sudo ? ['sudo', '-n', '--'] : []),
    ...(assignments.length > 0 ? ['env', ...assignments] : []),
    ...argv.map(readable),
  ]
  return cwd === '' ? words.join(' ') : `cd ${readable(cwd)} && ${words.join(' ')}`
}
