import { describe, expect, test } from 'vitest'
import { createRedactor } from './index.ts'
import { foldRuns } from './repeats.ts'
import { Spans } from './spans.ts'
import { expandSpecimen } from './testing/index.ts'

const redactor = createRedactor()
const whole = (text: string): string => redactor.redact(text).text
const varied = expandSpecimen('<w3000>')

describe('a text with runs', () => {
  test.each([
    ['one character', '='.repeat(20_000)],
    ['a few words', 'lorem ipsum '.repeat(4000)],
    ['two runs with something between', `${'ab'.repeat(3000)}${varied}${'-'.repeat(5000)}`],
  ])('of %s is read in a fraction', (_, text) => {
    const varies = text.includes(varied) ? varied.length : 0
    expect(foldRuns(text).text.length - varies).toBeLessThan(3000)
  })

  test('keeps what differs, whole and in its order', () => {
    const text = `start ${'ab'.repeat(3000)} middle ${varied} ${'-'.repeat(5000)} end`
    const { text: short } = foldRuns(text)
    for (const part of ['start ab', `ab middle ${varied} -`, '- end']) expect(short).toContain(part)
  })

  test('has its spans where they stood', () => {
    const text = `one ${'ab'.repeat(3000)} two ${'-'.repeat(5000)} three`
    const { text: short, unfold } = foldRuns(text)
    const spans = new Spans()
    for (const word of ['one', 'two', 'three'])
      spans.add(short.indexOf(word), short.indexOf(word) + word.length, 'word')
    const found = unfold(spans).merged()
    expect(found.map(({ start, end }) => text.slice(start, end))).toEqual(['one', 'two', 'three'])
  })

  test('passes as it is when nothing in it is a secret', () => {
    for (const piece of ['lorem ipsum ', '=', '{"id":7},', '0x00 '])
      expect(whole(`${piece.repeat(9000)}\nx ${piece.repeat(3000)}`)).toBe(
        `${piece.repeat(9000)}\nx ${piece.repeat(3000)}`,
      )
  })

  test('is masked all along when something of it is', () => {
    const secret = expandSpecimen('<w20>')
    for (const length of [300, 9000]) expect(whole(`password=${secret} `.repeat(length))).not.toContain(secret)
  })

  test('hides nothing that stands after it or before it', () => {
    const [first, second] = [expandSpecimen('<w20>'), expandSpecimen('<w21>')]
    const text = whole(`password=${first} ${'ab '.repeat(3000)}password=${second}`)
    expect(text.startsWith('password=[REDACTED:password] ab ab ')).toBe(true)
    expect(text.endsWith(' ab ab password=[REDACTED:password]')).toBe(true)
  })
})

describe('without runs', () => {
  test.each([
    ['short', 'ab'.repeat(500)],
    ['long', varied],
  ])('a %s text is read whole', (_, text) => {
    expect(foldRuns(text).text).toBe(text)
  })
})

test('a line that comes again is counted again', () => {
  expect(redactor.redact('password=hunter2\n'.repeat(5)).findings).toEqual({ password: 5 })
})

test('a line that comes again in another state is read anew', () => {
  const line = '  value: sesame-42\n'
  expect(whole(`${line}- name: DB_PASSWORD\n${line}`)).toBe(
    `${line}- name: DB_PASSWORD\n  value: [REDACTED:password]\n`,
  )
})
