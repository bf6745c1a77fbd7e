import { describe, expect, test } from 'vitest'
import { cutPlaceholders } from './placeholder.ts'
import { findMisplaced } from './shell-context.ts'

function find(command: string) {
  return findMisplaced(cutPlaceholders(command, new Set(['v', 'w'])).map(({ piece }) => piece))
}

describe('findMisplaced', () => {
  test.each([
    'tail -n {v} {w}',
    'run --lines={v}',
    'cat /var/log/{v}.log',
    'cat {v}',
    '{v}:{w}',
    'cat {v}|grep {w};ls',
    'cat {v}>{w}',
    "grep 'a b' {v}",
    'grep "$HOME" {v}',
    'echo $(date) {v}',
    'echo $((1 + (2))) {v}',
    'echo `date` {v}',
    "echo it\\'s {v}",
    '(cd {v} && ls)',
    'echo a#b {v}',
    'echo a # note\ncat {v}',
    'echo "a\\"b" {v}',
  ])('lets %j be', (command) => {
    expect(find(command)).toBeUndefined()
  })

  test.each([
    ["echo '{v}'", 'inside single quotes'],
    ['echo "{v}"', 'inside double quotes'],
    ['echo "a\\"{v}"', 'inside double quotes'],
    ["echo 'a\\'{v}'", 'touches'],
    ['echo $(cat {v})', 'inside $(…)'],
    ['echo "$(cat {v})"', 'inside $(…)'],
    ['echo $( (cat {v}) )', 'inside $(…)'],
    ['echo $((1 + {v}))', 'inside $((…))'],
    ['echo `cat {v}`', 'inside backticks'],
    ['echo "`cat {v}`"', 'inside backticks'],
    ['echo $' + '{x:-{v}}', 'inside a parameter expansion'],
    ['echo $' + '{v}', 'after $'],
    ['echo \\{v}', 'after a backslash'],
    ["echo $'a' {v}", "after $'…'"],
    ['cat <<END\n{v}\nEND', 'here-document'],
    ['cat <<< {v}', 'here-document'],
    ['ls # {v}', 'in a comment'],
    ['ls *{v}', 'touches "*"'],
    ['ls {v}*', 'touches "*"'],
    ['ls ~{v}', 'touches "~"'],
    ['ls "a"{v}', 'touches'],
    ['ls [{v}]', 'touches "["'],
    ['ls {{{v}}}', 'touches "{"'],
    ['ls ={v}', 'touches "="'],
  ])('finds %j: %s', (command, why) => {
    expect(find(command)).toEqual({ param: 'v', why: expect.stringContaining(why) })
  })

  test.each([
    ["echo {v} 'a", 'single quotes'],
    ['echo {v} "a', 'double quotes'],
    ['echo {v} $(a', '$(…)'],
    ['echo {v} `a', 'backticks'],
  ])('finds what %j leaves open', (command, unclosed) => {
    expect(find(command)).toEqual({ unclosed })
  })
})
