import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createRedactor } from './index.ts'
import { expandSpecimen } from './testing/index.ts'

const redactor = createRedactor()
const whole = (text: string): string => redactor.redact(text).text

function inPieces(pieces: readonly string[]): string {
  const stream = redactor.stream()
  return pieces.map((piece) => stream.write(piece)).join('') + stream.end()
}

const key = expandSpecimen(
  '-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjE<B51>\n<B70>\n<B22>==\n-----END OPENSSH PRIVATE KEY-----\n',
)
const fragments = [
  'password=',
  'hunter2',
  ' ',
  '\n',
  '"',
  "'",
  '\\',
  ': ',
  'DB_PASSWORD: ',
  'token ',
  '[REDACTED:token]',
  '[REDACTED:',
  ']',
  '-----BEGIN RSA PRIVATE KEY-----\n',
  '-----END RSA PRIVATE KEY-----\n',
  expandSpecimen('<B64>\n'),
  expandSpecimen('<B30>=\n'),
  key,
  expandSpecimen('ghp_<w36>'),
  'https://user:',
  expandSpecimen('<w12>'),
  '@host/',
  'Authorization: Bearer ',
  'Cookie: sid=',
  '; ',
  '{"password":"',
  '"}',
  'kind: Secret\n',
  'apiVersion: v1\n',
  'data:\n',
  '  key: aHVudGVyMg==\n',
  'password: |\n',
  '  indented',
  '$ pass show a/b\n',
  'mysql -p',
  '\r\n',
  'é',
  '😀',
  '<password>',
  '</password>',
  '- name: DB_PASSWORD\n',
  '  value: ',
  'Private-Lines: 2\n',
  'eyJ',
  '.',
]
const texts = fc.array(fc.constantFrom(...fragments), { maxLength: 24 }).map((parts) => parts.join(''))
const cuts = (text: string) =>
  fc.array(fc.nat(text.length), { maxLength: 12 }).map((places) => places.sort((a, b) => a - b))
const cutAt = (text: string, places: readonly number[]): readonly string[] =>
  [...places, text.length].map((place, index) => text.slice(places[index - 1] ?? 0, place))

describe('what once went wrong', () => {
  test('a short line alone before the end of a key, cut after its first character', () => {
    const text = `${expandSpecimen('<B30>=')}\n-----END RSA PRIVATE KEY-----\n`
    expect(inPieces([text.slice(0, 1), text.slice(1)])).toBe(whole(text))
  })

  test.each([
    'token Cookie: sid=- name: DB_PASSWORD\n',
    'password=Authorization: Bearer $ pass show a/b\npassword=',
    '<password>password=<password>password=',
  ])('%j changed when it was masked a second time', (text) => {
    expect(whole(whole(text))).toBe(whole(text))
  })
})

test('a private key that is cut off is masked to its last line, and what follows is read again', () => {
  const body = expandSpecimen('<B64>\n<B64>\n<B64>\n<B64>\n')
  expect(whole(`-----BEGIN RSA PRIVATE KEY-----\n${body}$ df\nPASSWORD=hunter2\n`)).toBe(
    `-----BEGIN RSA PRIVATE KEY-----\n${'[REDACTED:private-key]\n'.repeat(4)}$ df\nPASSWORD=[REDACTED:password]\n`,
  )
})

describe('a stream', () => {
  test('gives what the whole text gives, wherever it is cut', () => {
    fc.assert(
      fc.property(
        texts.chain((text) => cuts(text).map((places) => ({ text, places }))),
        ({ text, places }) => {
          expect(inPieces(cutAt(text, places))).toBe(whole(text))
        },
      ),
      { numRuns: 400 },
    )
  })

  test('gives what the whole text gives, cut into single characters', () => {
    fc.assert(
      fc.property(texts, (text) => {
        expect(inPieces(text.split(''))).toBe(whole(text))
      }),
      { numRuns: 100 },
    )
  })

  test('masks once what it masks twice', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const once = whole(text)
        expect(whole(once)).toBe(once)
      }),
      { numRuns: 400 },
    )
  })

  test('lets no line grow without bound', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const before = text.split('\n')
        const after = whole(text).split('\n')
        expect(after.length).toBe(before.length)
        for (const [index, line] of after.entries()) {
          expect(line.length).toBeLessThanOrEqual(40 * ((before[index] ?? '').length + 1))
        }
      }),
      { numRuns: 200 },
    )
  })

  test('finds what stands at any place of a line of many windows, and is the same in pieces', () => {
    for (const place of [65_000, 65_500, 65_530, 65_536, 65_540, 73_700, 131_060, 140_000]) {
      const text = `${'lorem ipsum '.repeat(20_000).slice(0, place)} DB_PASSWORD=hunter2secret ${'dolor sit '.repeat(9000)}\nnext\n`
      expect(whole(text)).toBe(text.replace('hunter2secret', '[REDACTED:password]'))
      expect(inPieces(text.match(/[\s\S]{1,1000}/g) ?? [])).toBe(whole(text))
    }
  })

  test('keeps a bounded part of an endless line', () => {
    const stream = redactor.stream()
    let given = 0
    for (let count = 1; count <= 300; count++) {
      given += stream.write('lorem ipsum '.repeat(100)).length
      expect(count * 1200 - given).toBeLessThan(80_000)
    }
  })

  test('keeps back at most 200 lines that look like the end of a private key', () => {
    const stream = redactor.stream()
    const line = expandSpecimen('<B64>\n')
    let given = 0
    for (let count = 1; count <= 400; count++) given += stream.write(line).length
    expect(given).toBe(200 * line.length)
  })

  test('masks the end of a private key whose beginning was not seen', () => {
    const text = `${expandSpecimen('<B64>\n<B64>\n<B12>==\n')}-----END RSA PRIVATE KEY-----\n`
    expect(whole(text)).toBe(
      `${'[REDACTED:private-key]\n'.repeat(3).replace(/key\]\n$/, 'key]\n')}-----END RSA PRIVATE KEY-----\n`,
    )
  })

  test('leaves base64 that is no key', () => {
    const text = expandSpecimen('<B76>\n<B76>\n<B20>==\nend\n')
    expect(whole(text)).toBe(text)
  })
})
