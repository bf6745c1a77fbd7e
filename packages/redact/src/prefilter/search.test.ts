import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Literal } from './literal.ts'
import { createPrefilter, type Prefilter } from './prefilter.ts'

type Found = readonly [position: number, text: string]

type Span = readonly [from: number, to: number]

/** What a search finds that has looked through so much already that it goes by tables; a fresh one has to find the same. */
function search(literals: readonly Literal<string>[], text: string, ...span: Span | []): readonly Found[] {
  const [from, to] = span.length === 0 ? ([0, text.length] as const) : span
  const found = told(createPrefilter(literals), text, [from, to])
  const seasoned = createPrefilter(literals)
  told(seasoned, ' '.repeat(5_000), [0, 5_000])
  expect(told(seasoned, text, [from, to])).toEqual(found)
  return found
}

function told({ lines }: Prefilter<string>, text: string, [from, to]: Span): readonly Found[] {
  lines.open(text, from, to)
  const found: Found[] = []
  for (let at = lines.next(from); at >= 0; at = lines.next(at)) found.push([at, lines.found?.tag ?? ''])
  return found
}

/** The same by looking everywhere for everything. */
function everywhere(literals: readonly Literal<string>[], text: string): readonly Found[] {
  const small = (one: string): string => one.replace(/[A-Z]/g, (letter) => letter.toLowerCase())
  const found: Found[] = []
  for (let at = 0; at < text.length; at++) {
    for (const literal of literals.toSorted((a, b) => b.text.length - a.text.length)) {
      const there = text.slice(at, at + literal.text.length)
      if (literal.exact === true ? there === literal.text : small(there) === small(literal.text))
        found.push([at, literal.tag])
    }
  }
  return found
}

const literal = (text: string, exact: boolean): Literal<string> => ({ text, exact, tag: `${text} ${exact}` })
const letters = fc.constantFrom(...'aAbB_-.é€\n ')
const words = fc.string({ unit: letters, minLength: 3, maxLength: 24 })
const literals = fc.uniqueArray(fc.tuple(words, fc.boolean()), { minLength: 1, maxLength: 40, selector: String })
const texts = fc.string({ unit: letters, maxLength: 200 })

describe('a search for literals', () => {
  test('finds what looking everywhere finds, from left to right', () => {
    fc.assert(
      fc.property(literals, fc.array(fc.oneof(texts, words), { maxLength: 20 }), (pairs, parts) => {
        const wanted = pairs.map(([text, exact]) => literal(text, exact))
        const text = [...parts, ...pairs.map(([one]) => one)].join('')
        expect(search(wanted, text)).toEqual(everywhere(wanted, text))
      }),
      { numRuns: 300 },
    )
  })

  test.each(['x', 'é'])('finds what lies across the edge of a block, in a text of %s', (filling) => {
    const wanted = [literal('key', false), literal('a literal of more than sixteen characters', true)]
    for (const { text, tag } of wanted) {
      for (let before = 16_384 - text.length - 2; before <= 16_386; before++)
        expect(search(wanted, filling.repeat(before) + text + filling)).toEqual([[before, tag]])
    }
  })

  test('finds every one of many', () => {
    expect(search([literal('key', true)], 'key'.repeat(9000)).length).toBe(9000)
  })

  test('begins and ends where it is told to', () => {
    const key = literal('key', true)
    expect(search([key], 'key key key key', 1, 11)).toEqual([
      [4, key.tag],
      [8, key.tag],
    ])
  })

  test('asks the gate, and goes on behind it', () => {
    const gated = { ...literal('key', true), gate: (text: string, at: number) => text[at - 1] === '_' }
    expect(search([gated], 'key _key key').map(([at]) => at)).toEqual([5])
  })

  test('goes on where it is told to, also far ahead', () => {
    const { lines } = createPrefilter([literal('key', true)])
    const text = 'key '.repeat(20_000)
    lines.open(text, 0, text.length)
    expect(lines.next(0)).toBe(0)
    expect(lines.next(9)).toBe(12)
    expect(lines.next(70_001)).toBe(70_004)
    expect(lines.next(80_000)).toBe(-1)
  })

  test('refuses a literal without an anchor', () => {
    expect(() => createPrefilter([literal('ab', true)])).toThrow(RangeError)
  })
})
