import { describe, expect, test } from 'vitest'
import { createRedactor, redactionTransform } from './index.ts'
import { expandSpecimen } from './testing/index.ts'

const redactor = createRedactor()
const masked = (text: string): string => redactor.redact(text).text

test('takes text only: bytes would go through as a list of numbers', async () => {
  const bytes = JSON.parse('[68, 66, 95]', (_, value) => (Array.isArray(value) ? Uint8Array.from(value) : value))
  const refused = expect.objectContaining({ code: 'REDACT_NOT_TEXT' })
  expect(() => redactor.redact(bytes)).toThrow(refused)
  expect(() => redactor.stream().write(bytes)).toThrow(refused)
  const piped = ReadableStream.from([bytes]).pipeThrough(redactionTransform(redactor))
  await expect(piped.getReader().read()).rejects.toEqual(refused)
})

describe('redact', () => {
  test('masks a value under a name and counts its rule', () => {
    expect(redactor.redact('DB_PASSWORD=hunter2 PORT=5432')).toEqual({
      text: 'DB_PASSWORD=[REDACTED:password] PORT=5432',
      findings: { password: 1 },
    })
  })

  test('keeps JSON parsable', () => {
    const text = masked('{"user":"bob","password":"a\\"b9cdef","port":5432,"pin_password":12345678}')
    expect(JSON.parse(text)).toEqual({
      user: 'bob',
      password: '[REDACTED:password]',
      port: 5432,
      pin_password: '[REDACTED:password]',
    })
  })

  test('leaves what only speaks about secrets', () => {
    for (const text of [
      'PasswordAuthentication no',
      'token refreshed for user 42',
      'password_file: /run/secrets/db',
      'TOKEN=$TOKEN',
    ])
      expect(masked(text)).toBe(text)
  })

  test('masks a private key line by line and keeps its frame', () => {
    const body = expandSpecimen('<B64>\n<B64>\n<B20>==')
    const text = masked(`a\n-----BEGIN RSA PRIVATE KEY-----\n${body}\n-----END RSA PRIVATE KEY-----\nb\n`)
    const line = '[REDACTED:private-key]'
    expect(text).toBe(
      `a\n-----BEGIN RSA PRIVATE KEY-----\n${line}\n${line}\n${line}\n-----END RSA PRIVATE KEY-----\nb\n`,
    )
  })
})

// The README promises that slow on purpose is not possible.
describe('a crowded line', () => {
  const numbered = (count: number, piece: (index: number) => string): string =>
    Array.from({ length: count }, (_, index) => piece(index)).join('')

  test('is read to its end, however often a word in it is also the name of a program', () => {
    const line = numbered(300, (index) => `ab docker ${index} curl `)
    expect(masked(`${line}password=hunter2-42`)).toBe(`${line}password=[REDACTED:password]`)
  })

  test('goes unseen from where it costs too much to read', () => {
    const line = numbered(5000, (index) => `echo ${index} `)
    const { text, findings } = redactor.redact(`${line}password=hunter2-42\nnext`)
    expect(text.endsWith('[REDACTED:unread]\nnext')).toBe(true)
    expect(text).not.toContain('hunter2')
    expect(findings.unread).toBeGreaterThan(0)
  })
})

describe('redactValue', () => {
  test('knows the names its values stand under', () => {
    expect(
      redactor.redactValue({ password: 'hunter2', nested: [{ name: 'DB_PASSWORD', value: 'sesame' }], port: 22 }),
    ).toEqual({
      value: {
        password: '[REDACTED:password]',
        nested: [{ name: 'DB_PASSWORD', value: '[REDACTED:password]' }],
        port: 22,
      },
      findings: { password: 2 },
    })
  })
})

describe('known secrets', () => {
  const exact = createRedactor({ secrets: ['correct horse/battery'] })

  test.each([
    ['plain', 'x correct horse/battery y'],
    ['base64', `x ${btoa('user:correct horse/battery!')} y`],
    ['URL-encoded', 'x?q=correct%20horse%2Fbattery y'],
  ])('are masked in %s form', (_, text) => {
    const out = exact.redact(text).text
    expect(out).toContain('[REDACTED:known-secret]')
    expect(out.startsWith('x')).toBe(true)
    expect(out.endsWith('y')).toBe(true)
  })
})

describe('stream', () => {
  test('gives a prompt out when asked, and still knows it afterwards', () => {
    const stream = redactor.stream()
    expect(stream.write('last login\nPassword: ')).toBe('last login\n')
    expect(stream.flush()).toBe('Password: ')
    expect(stream.write('hunter2\n') + stream.end()).toBe('[REDACTED:password]\n')
    expect(stream.findings).toEqual({ password: 1 })
  })

  test('keeps back what may be the beginning of a secret', () => {
    const stream = redactor.stream()
    expect(stream.write('password=hunt')).toBe('')
    expect(stream.flush()).toBe('')
    expect(stream.end()).toBe('password=[REDACTED:password]')
  })
})
