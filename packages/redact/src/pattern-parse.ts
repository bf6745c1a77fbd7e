/** Which characters can stand somewhere: one flag for each ASCII character, one for all others. */
export type CharSet = ReadonlySet<number>

/** A pattern as a tree. `ways` counts in how many ways a text can be split over it: what backtracking has to try. */
export type Pattern =
  | { readonly kind: 'set'; readonly set: CharSet }
  | { readonly kind: 'edge' }
  | { readonly kind: 'all'; readonly parts: readonly Pattern[] }
  | { readonly kind: 'any'; readonly options: readonly Pattern[] }
  | { readonly kind: 'repeat'; readonly part: Pattern; readonly min: number; readonly max: number }

/** Why a pattern is refused. */
export class PatternRefusal {
  readonly reason: string
  constructor(reason: string) {
    this.reason = reason
  }
}

const other = 128
const range = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, index) => from + index)
const everything = range(0, other)
const digits = range(48, 57)
const wordCharacters = [...digits, ...range(65, 90), ...range(97, 122), 95]
const blanks = [9, 10, 11, 12, 13, 32]
const without = (codes: readonly number[]): number[] => everything.filter((code) => !codes.includes(code))

const classEscapes: Readonly<Record<string, readonly number[]>> = {
  d: digits,
  D: without(digits),
  w: wordCharacters,
  W: without(wordCharacters),
  s: blanks,
  S: without(blanks),
  t: [9],
  n: [10],
  r: [13],
}

/** The flag of a character. */
export const codeOf = (character: string): number => Math.min(character.charCodeAt(0), other)

/** A reader of the part of the regular expression language that can be checked. */
class Reader {
  readonly #source: string
  #at = 0

  constructor(source: string) {
    this.#source = source
  }

  get done(): boolean {
    return this.#at >= this.#source.length
  }

  options(): Pattern {
    const options = [this.#sequence()]
    while (this.#take('|')) options.push(this.#sequence())
    return options.length === 1 ? (options[0] ?? { kind: 'edge' }) : { kind: 'any', options }
  }

  #take(text: string): boolean {
    if (!this.#source.startsWith(text, this.#at)) return false
    this.#at += text.length
    return true
  }

  #next(): string {
    const character = this.#source[this.#at]
    if (character === undefined) throw new PatternRefusal('it ends too early')
    this.#at++
    return character
  }

  #sequence(): Pattern {
    const parts: Pattern[] = []
    while (!this.done && !'|)'.includes(this.#source[this.#at] ?? '')) parts.push(this.#repeated(this.#atom()))
    return { kind: 'all', parts }
  }

  #atom(): Pattern {
    const character = this.#next()
    if (character === '(') return this.#group()
    if (character === '[') return { kind: 'set', set: this.#class() }
    if (character === '^' || character === '$') return { kind: 'edge' }
    if (character === '.') return { kind: 'set', set: new Set(without([10, 13])) }
    if (character === '\\') return this.#escape()
    if ('*+?{'.includes(character)) throw new PatternRefusal(`"${character}" repeats nothing`)
    return { kind: 'set', set: new Set([codeOf(character)]) }
  }

  #group(): Pattern {
    if (this.#source[this.#at] === '?' && !this.#take('?:'))
      throw new PatternRefusal('lookarounds and named groups are not taken')
    const inside = this.options()
    if (!this.#take(')')) throw new PatternRefusal('a group is not closed')
    return inside
  }

  #escape(): Pattern {
    const character = this.#next()
    if (/[1-9k]/.test(character)) throw new PatternRefusal('backreferences are not taken')
    if (character === 'b' || character === 'B') return { kind: 'edge' }
    return { kind: 'set', set: new Set(this.#escaped(character)) }
  }

  #escaped(character: string): readonly number[] {
    if (character === 'x' || character === 'u') {
      const code = Number.parseInt(this.#source.slice(this.#at, this.#at + (character === 'x' ? 2 : 4)), 16)
      this.#at += character === 'x' ? 2 : 4
      return [Math.min(code, other)]
    }
    return classEscapes[character] ?? [codeOf(character)]
  }

  #class(): CharSet {
    const negated = this.#take('^')
    const codes: number[] = []
    while (!this.#take(']')) {
      const first = this.#classCodes()
      const from = first[0]
      if (
        first.length === 1 &&
        from !== undefined &&
        this.#source[this.#at] === '-' &&
        this.#source[this.#at + 1] !== ']'
      ) {
        this.#at++
        const to = this.#classCodes()[0] ?? from
        codes.push(...range(from, Math.max(from, to)))
      } else codes.push(...first)
    }
    return new Set(negated ? without(codes) : codes)
  }

  #classCodes(): readonly number[] {
    const character = this.#next()
    return character === '\\' ? this.#escaped(this.#next()) : [codeOf(character)]
  }

  #repeated(part: Pattern): Pattern {
    const bounds = /^(?:\?|\*|\+|\{(\d+)(?:(,)(\d*))?\})/.exec(this.#source.slice(this.#at))
    if (bounds === null) return part
    this.#at += bounds[0].length
    this.#take('?')
    if (bounds[0] === '?') return { kind: 'repeat', part, min: 0, max: 1 }
    const min = Number(bounds[1])
    const max = bounds[2] === undefined ? min : Number(bounds[3])
    if (bounds[1] === undefined || (bounds[2] !== undefined && bounds[3] === '')) {
      throw new PatternRefusal(`"${bounds[0]}" has no upper bound`)
    }
    return { kind: 'repeat', part, min, max }
  }
}

/** Reads a pattern. @throws PatternRefusal for what cannot be checked. */
export function parsePattern(source: string): Pattern {
  const reader = new Reader(source)
  const pattern = reader.options()
  if (!reader.done) throw new PatternRefusal('a group is closed that was not opened')
  return pattern
}
