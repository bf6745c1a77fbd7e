import type { Literal } from './literal.ts'

/** So many characters are looked through in this way; for more than these, tables pay. */
const budget = 4096

/**
 * Looks for each literal on its own: slow, but without tables. A program that says little, or begins with a short entry,
 * does not wait until they are made.
 */
export class PlainSearch<Tag> {
  readonly #literals: readonly Literal<Tag>[]
  #left = budget
  #wanted: readonly string[] | undefined

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

  /** Tells each place of each literal, in the order of the literals, which are told by their index. */
  find(text: string, from: number, to: number, tell: (start: number, literal: number) => void): void {
    const piece = text.slice(from, to)
    const small = piece.toLowerCase()
    this.#wanted ??= this.#literals.map((one) => (one.exact === true ? one.text : one.text.toLowerCase()))
    for (const [index, wanted] of this.#wanted.entries()) {
      const where = this.#literals[index]?.exact === true ? piece : small
      for (let at = where.indexOf(wanted); at >= 0; at = where.indexOf(wanted, at + 1)) tell(from + at, index)
    }
  }
}
