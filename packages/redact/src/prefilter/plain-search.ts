import type { Literal } from './literal.ts'

/** So many characters are looked through in this way; for more than these, tables pay. */
const budget = 4096

/** A literal as it is looked for, and its place among all. */
interface Wanted {
  readonly index: number
  readonly text: string
  readonly isExact: boolean
}

/**
 * Looks for each literal on its own: slow, but without tables. A program that says little, or begins with a short entry,
 * does not wait until they are made.
 */
export class PlainSearch<Tag> {
  readonly #literals: readonly Literal<Tag>[]
  #left = budget
  #byFirst: ReadonlyMap<string, readonly Wanted[]> | undefined

  constructor(literals: readonly Literal<Tag>[]) {
    this.#literals = literals
  }

  /** Whether a stretch is to be looked through in this way: it is short, and upper and lower case are ASCII's. Counts it. */
  takes(text: string, from: number, to: number): boolean {
    const length = to - from
    if (length > this.#left || !/^[\x00-\x7f]*$/.test(text.slice(from, to))) return false
    this.#left -= length
    return true
  }

  /** Tells each place of each literal, in no order, and which it is by its index. */
  find(text: string, from: number, to: number, tell: (start: number, literal: number) => void): void {
    const piece = text.slice(from, to)
    const small = piece.toLowerCase()
    this.#byFirst ??= byFirst(this.#literals)
    for (const letter of new Set(piece + small)) {
      for (const { index, text: wanted, isExact } of this.#byFirst.get(letter) ?? []) {
        if (wanted.length > piece.length) continue
        const where = isExact ? piece : small
        for (let at = where.indexOf(wanted); at >= 0; at = where.indexOf(wanted, at + 1)) tell(from + at, index)
      }
    }
  }
}

/** The literals by the letter that each begins with: most begin with one that a short text does not have. */
function byFirst(literals: readonly Literal<unknown>[]): ReadonlyMap<string, readonly Wanted[]> {
  const groups = new Map<string, Wanted[]>()
  for (const [index, { text, exact = false }] of literals.entries()) {
    const wanted = { index, text: exact ? text : text.toLowerCase(), isExact: exact }
    const group = groups.get(wanted.text.charAt(0))
    if (group === undefined) groups.set(wanted.text.charAt(0), [wanted])
    else group.push(wanted)
  }
  return groups
}
