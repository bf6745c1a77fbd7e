import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseHostId, parseTemplateId, parseUserId } from './ids.ts'

describe.each([
  ['host_id', parseHostId],
  ['template_id', parseTemplateId],
] as const)('a %s', (field, parse) => {
  test.each(['a', 'web-1', 'Web_1.example', '1', '.hidden', '_', '...', 'a'.repeat(128)])('may be %j', (text) => {
    expect(parse(text)).toBe(text)
  })

  test.each([
    '',
    '-web',
    '--',
    '.',
    '..',
    'a/b',
    'a b',
    'a\n',
    '\na',
    'a;b',
    '$(id)',
    'wéb',
    'web\u202e',
    '*',
    'a'.repeat(129),
  ])('may not be %j', (text) => {
    expect(() => parse(text)).toThrow(expect.objectContaining({ code: 'INPUT_INVALID', field }))
  })
})

test.each([parseHostId, parseTemplateId, parseUserId])('a value of JSON that is no text is no id: %o', (parse) => {
  for (const json of ['null', '5', '["web-1"]', '{}', 'true'])
    expect(() => parse(JSON.parse(json)), json).toThrow(expect.objectContaining({ code: 'INPUT_INVALID' }))
})

describe('a user_id', () => {
  test.each(['alice', 'a', '0day', 'alice@example.org', 'ci-bot_2', 'local:root', 'local:_www', 'a'.repeat(64)])(
    'may be %j',
    (text) => {
      expect(parseUserId(text)).toBe(text)
    },
  )

  test.each(['', 'Alice', '-a', '.a', '@a', 'a b', 'a/b', 'local:', 'local:Root', 'remote:a', 'a\n', 'a'.repeat(65)])(
    'may not be %j',
    (text) => {
      expect(() => parseUserId(text)).toThrow(expect.objectContaining({ code: 'INPUT_INVALID', field: 'user_id' }))
    },
  )
})

test('what is refused is shown on one line, and not much of it', () => {
  const refusal = (text: string): string => {
    try {
      return parseHostId(text)
    } catch (error) {
      return error instanceof Error ? error.message : ''
    }
  }
  expect(refusal('a\nb')).toContain(String.raw`"a\nb" is not a host_id`)
  expect(refusal('x y'.repeat(10_000)).length).toBeLessThan(250)
})

test('no id that passes can leave its folder, be an option or break a line', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 12 }), (text) => {
      let id: string
      try {
        id = parseHostId(text)
      } catch {
        return
      }
      expect(id).toBe(text)
      expect(id).toMatch(/^[A-Za-z0-9._][A-Za-z0-9._-]*$/)
      expect(['.', '..']).not.toContain(id)
    }),
  )
})
