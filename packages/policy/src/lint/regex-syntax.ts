import { type CharSet, charSet, complement, foldCase } from './char-set.ts'
import { anything, classEscapes, controlEscapes, notNewline, posixClasses, unicodeLetters } from './regex-classes.ts'

/** What a pattern is made of, as far as the linter needs it. Anchors and boundaries are `empty`. */
export type RegexNode =
  | { readonly kind: 'empty'; readonly anchor?: 'start' | 'end' }
  | { readonly kind: 'chars'; readonly set: CharSet }
  | { readonly kind: 'sequence' | 'choice'; readonly parts: readonly RegexNode[] }
  | { readonly kind: 'repeat'; readonly node: RegexNode; readonly min: number; readonly max: number }

/**
 * Reads a pattern that RE2 accepts into its parts.
 *
 * @returns undefined for what it does not understand; nothing is concluded from such a pattern
 */
export function parseRegex(source: string): RegexNode | undefined {
  const reader = new RegexReader(source)
  try {
    return reader.whole()
  } catch (error) {
    if (error instanceof NotUnderstood) return undefined
    throw error
  }
}

class NotUnderstood extends Error {}

class RegexReader {
  readonly #text: readonly string[]
  #at = 0
  #flags = new Set<string>()

  constructor(source: string) {
    this.#text = [...source]
  }

  whole(): RegexNode {
    const node = this.#choice()
    if (this.#at < this.#text.length) throw new NotUnderstood()
    return node
  }

  #choice(): RegexNode {
    const flags = new Set(this.#flags)
    const parts = [this.#sequence()]
    while (this.#eat('|')) parts.push(this.#sequence())
    this.#flags = flags
    return parts.length === 1 ? (parts[0] ?? { kind: 'empty' }) : { kind: 'choice', parts }
  }

  #sequence(): RegexNode {
    const parts: RegexNode[] = []
    while (this.#at < this.#text.length && this.#peek() !== '|' && this.#peek() !== ')') {
      parts.push(this.#repeats(this.#atom()))
    }
    return { kind: 'sequence', parts }
  }

  #repeats(atom: RegexNode): RegexNode {
    let node = atom
    for (let bounds = this.#bounds(); bounds; bounds = this.#bounds()) {
      this.#eat('?')
      node = { kind: 'repeat', node, min: bounds[0], max: bounds[1] }
    }
    return node
  }

  #bounds(): readonly [number, number] | undefined {
    if (this.#eat('*')) return [0, Number.POSITIVE_INFINITY]
    if (this.#eat('+')) return [1, Number.POSITIVE_INFINITY]
    if (this.#eat('?')) return [0, 1]
    const found = /^\{(\d+)(,?)(\d*)\}/.exec(this.#rest(16))
    if (!found) return undefined
    this.#at += found[0].length
    const min = Number(found[1])
    return [min, found[2] === '' ? min : found[3] === '' ? Number.POSITIVE_INFINITY : Number(found[3])]
  }

  #atom(): RegexNode {
    const character = this.#next()
    if (character === '(') return this.#group()
    if (character === '[') return this.#chars(this.#class())
    if (character === '.') return this.#chars(this.#flags.has('s') ? anything : notNewline)
    if (character === '^') return { kind: 'empty', anchor: 'start' }
    if (character === '$') return { kind: 'empty', anchor: 'end' }
    if (character === '\\') return this.#escape()
    if (character === '*' || character === '+' || character === '?') throw new NotUnderstood()
    return this.#chars(single(character))
  }

  #group(): RegexNode {
    const flags = new Set(this.#flags)
    if (this.#peek() === '?') {
      const found = /^\?(?:P?<\w+>|([imsU]*)(?:-([imsU]+))?([:)]))/.exec(this.#rest(80))
      if (!found) throw new NotUnderstood()
      this.#at += [...found[0]].length
      for (const flag of found[1] ?? '') this.#flags.add(flag)
      for (const flag of found[2] ?? '') this.#flags.delete(flag)
      if (found[3] === ')') return { kind: 'empty' }
    }
    const node = this.#choice()
    if (!this.#eat(')')) throw new NotUnderstood()
    this.#flags = flags
    return node
  }

  #escape(): RegexNode {
    const character = this.#peek()
    if (character === 'A') return this.#anchor('start')
    if (character === 'z') return this.#anchor('end')
    if (character === 'b' || character === 'B') return this.#anchor(undefined)
    if (character === 'Q') return this.#quoted()
    return this.#chars(this.#escapedSet())
  }

  #anchor(anchor: 'start' | 'end' | undefined): RegexNode {
    this.#at++
    return anchor ? { kind: 'empty', anchor } : { kind: 'empty' }
  }

  #quoted(): RegexNode {
    this.#at++
    const parts: RegexNode[] = []
    while (this.#at < this.#text.length && this.#rest(2) !== '\\E') parts.push(this.#chars(single(this.#next())))
    this.#at = Math.min(this.#at + 2, this.#text.length)
    return { kind: 'sequence', parts }
  }

  /** What follows a backslash, as a set of characters. */
  #escapedSet(): CharSet {
    const character = this.#next()
    const known = Object.hasOwn(classEscapes, character) ? classEscapes[character] : undefined
    if (known) return known
    if (character === 'p' || character === 'P') return this.#unicodeClass(character === 'P')
    if (character === 'x') return this.#hex()
    const control = Object.hasOwn(controlEscapes, character) ? controlEscapes[character] : undefined
    if (control !== undefined) return charSet([control, control])
    if (/[A-Za-z0-9]/.test(character)) throw new NotUnderstood()
    return single(character)
  }

  #unicodeClass(isNegated: boolean): CharSet {
    const found = /^(?:\{\^?\w+\}|\w)/.exec(this.#rest(40))
    if (!found) throw new NotUnderstood()
    this.#at += found[0].length
    return isNegated ? anything : unicodeLetters
  }

  #hex(): CharSet {
    const found = /^(?:\{([0-9A-Fa-f]+)\}|([0-9A-Fa-f]{2}))/.exec(this.#rest(12))
    if (!found) throw new NotUnderstood()
    this.#at += found[0].length
    const code = Number.parseInt(found[1] ?? found[2] ?? '', 16)
    return charSet([code, code])
  }

  #class(): CharSet {
    const isNegated = this.#eat('^')
    const ranges: (readonly [number, number])[] = []
    for (let isFirst = true; isFirst || this.#peek() !== ']'; isFirst = false) ranges.push(...this.#classItem())
    this.#at++
    return isNegated ? complement(charSet(...ranges)) : charSet(...ranges)
  }

  #classItem(): CharSet {
    const posix = /^\[:(\^?)(\w+):\]/.exec(this.#rest(16))
    if (posix) {
      this.#at += posix[0].length
      const set = posixClasses[posix[2] ?? '']
      if (!set) throw new NotUnderstood()
      return posix[1] ? complement(set) : set
    }
    const from = this.#classCharacter()
    const follows = this.#text[this.#at + 1]
    if (this.#peek() !== '-' || follows === undefined || follows === ']') return from
    this.#at++
    const low = from[0]?.[0]
    const high = this.#classCharacter()[0]?.[1]
    if (low === undefined || high === undefined || low > high) throw new NotUnderstood()
    return [[low, high]]
  }

  #classCharacter(): CharSet {
    const character = this.#next()
    return character === '\\' ? this.#escapedSet() : single(character)
  }

  #chars(set: CharSet): RegexNode {
    return { kind: 'chars', set: this.#flags.has('i') ? foldCase(set) : set }
  }

  #peek(): string | undefined {
    return this.#text[this.#at]
  }

  #next(): string {
    const character = this.#text[this.#at++]
    if (character === undefined) throw new NotUnderstood()
    return character
  }

  #eat(character: string): boolean {
    if (this.#peek() !== character) return false
    this.#at++
    return true
  }

  #rest(length: number): string {
    return this.#text.slice(this.#at, this.#at + length).join('')
  }
}

function single(character: string): CharSet {
  const code = character.codePointAt(0) ?? 0
  return [[code, code]]
}
