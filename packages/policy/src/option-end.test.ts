import { expect, test } from 'vitest'
import { withOptionEnd } from './option-end.ts'
import { cutPlaceholders } from './placeholder.ts'

const declared = new Set(['p', 'n'])
const render = (line: string) =>
  withOptionEnd(line.split(' ').map((word) => cutPlaceholders(word, declared).map(({ piece }) => piece)))
    .map((word) => word.map((piece) => ('text' in piece ? piece.text : `{${piece.param}}`)).join(''))
    .join(' ')

test.each([
  ['cat {p}', 'cat -- {p}'],
  ['/bin/cat {p}', '/bin/cat -- {p}'],
  ['tail -n {n} {p}', 'tail -n {n} -- {p}'],
  ['tail -n{n} {p}', 'tail -n{n} -- {p}'],
  ['tail -fn {n} {p}', 'tail -fn {n} -- {p}'],
  ['tail --lines={n} {p}', 'tail --lines={n} -- {p}'],
  ['grep -c {n} {p}', 'grep -c -- {n} {p}'],
  ['grep error {p}', 'grep -- error {p}'],
  ['du -sh -d 1 {p}', 'du -sh -d 1 -- {p}'],
  ['cat - {p}', 'cat -- - {p}'],
])('%s becomes %s', (line, expected) => {
  expect(render(line)).toBe(expected)
})

test.each([
  ['an unknown program', 'frobnicate {p}'],
  ['a program with subcommands', 'systemctl restart {p}'],
  ['a name that every object has', 'constructor {p}'],
  ['a "--" of the author', 'cat -- {p}'],
  ['an unknown option', 'cat -y {p}'],
  ['a long option that may want a value', 'tail --lines {n} {p}'],
  ['letters that a value chooses', 'ls -{p} {n}'],
  ['options after the operands', 'tail {p} -n 5'],
  ['nothing free', 'cat /etc/os-release'],
  ['values inside words only', 'cat /var/log/{p}'],
])('%s leaves the words alone: %s', (_, line) => {
  expect(render(line)).toBe(line)
})
