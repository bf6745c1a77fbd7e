import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { shellWord } from './shell-word.ts'

test.each(['/srv/my keys/id', "/it's/$HOME/`x`", '/a;b&c|d(e)', '/München/*.key', '/a\\b"c'])(
  'a shell reads back %s',
  (path) => {
    expect(execFileSync('sh', ['-c', `printf %s ${shellWord(path)}`], { encoding: 'utf8' })).toBe(path)
  },
)

test('a plain path and the home folder stay as they are', () => {
  expect(shellWord('~/.ssh/id_ed25519')).toBe('~/.ssh/id_ed25519')
  expect(shellWord('~/.ssh/id vps')).toBe('~/.ssh/id\\ vps')
})
