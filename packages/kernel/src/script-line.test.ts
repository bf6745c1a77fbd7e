import { execFileSync } from 'node:child_process'
import { describe, expect, test } from 'vitest'
import { scriptLine } from './script-line.ts'

const script = `
# Everything that a login shell could trip over: ' " \\ ! $HOME \`id\` * ~ @ ^
printf '%s|' "$@"
[ "$1" != "$2" ] && printf 'it'"'"'s \\n "%s" !\\n' '$HOME'
`

describe('a script on one line', () => {
  test('does what the script does, with its arguments', () => {
    const line = scriptLine(script, ['one', 'two-2'])
    expect(line).not.toContain('\n')
    expect(execFileSync('sh', ['-c', line], { encoding: 'utf8' })).toBe('one|two-2|it\'s \n "$HOME" !\n')
    expect(execFileSync('sh', ['-c', scriptLine('echo "$#"')], { encoding: 'utf8' })).toBe('0\n')
  })

  test('holds no quote, backslash or exclamation mark of the script', () => {
    const [, quoted = ''] = /^echo '(.*)' \| tr '/.exec(scriptLine(script)) ?? []
    expect(quoted).not.toMatch(/['\\!]/)
  })

  test('is not made with an argument that is more than a word', () => {
    for (const word of ['', 'a b', "a'b", '$x', 'a;b']) expect(() => scriptLine(script, [word])).toThrow()
  })
})
