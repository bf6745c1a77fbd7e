/** A literal that wakes a scanner. */
export interface Literal<Tag> {
  readonly text: string
  /** Compared letter for letter; otherwise upper and lower case are the same. */
  readonly exact?: boolean
  readonly tag: Tag
  /** A cheap look around: false when the scanner would find nothing here. `text` may be longer than the line. */
  readonly gate?: ((text: string, position: number) => boolean) | undefined
}

/** Finds literals in a text. */
export interface Prefilter<Tag> {
  /** Position of the next literal that begins at or after `from` and whose gate is open; -1 when there is none. */
  next(text: string, from: number, to: number): number
  /** The tags of the literals that begin at `position` and whose gates are open. */
  at(text: string, position: number): readonly Tag[]
}

/** 64 classes are enough: letters without case, digits, and the marks that literals use. */
function foldTable(): Uint8Array {
  const fold = new Uint8Array(128).fill(63)
  for (let letter = 0; letter < 26; letter++) {
    fold[65 + letter] = letter
    fold[97 + letter] = letter
  }
  for (let digit = 0; digit < 10; digit++) fold[48 + digit] = 26 + digit
  const marks = '_-.:/=$ "\'~+@|{<#%[(,&*;!>'
  for (let index = 0; index < marks.length; index++) fold[marks.charCodeAt(index)] = 36 + index
  return fold
}

const lowerCode = (code: number): number => (code >= 65 && code <= 90 ? code | 32 : code)

function begins<Tag>(literal: Literal<Tag>, text: string, position: number): boolean {
  const wanted = literal.text
  if (literal.exact === true) return text.startsWith(wanted, position)
  for (let index = 0; index < wanted.length; index++) {
    if (lowerCode(text.charCodeAt(position + index)) !== lowerCode(wanted.charCodeAt(index))) return false
  }
  return true
}

const open = <Tag>(literal: Literal<Tag>, text: string, position: number): boolean =>
  begins(literal, text, position) && (literal.gate === undefined || literal.gate(text, position))

/** The tables of Wu and Manber's search for many literals (1994), over windows of three characters. */
class Tables<Tag> {
  readonly fold = foldTable()
  /** How far a window can move whose last two characters are known. */
  readonly shift = new Uint8Array(4096).fill(2)
  readonly #heads = new Uint8Array(32_768)
  readonly #buckets = new Map<number, Literal<Tag>[]>()

  constructor(literals: readonly Literal<Tag>[]) {
    for (const literal of literals) this.#add(literal)
  }

  head(text: string, position: number): number {
    return (this.#code(text, position) << 12) | (this.#code(text, position + 1) << 6) | this.#code(text, position + 2)
  }

  bucket(head: number): readonly Literal<Tag>[] | undefined {
    if ((((this.#heads[head >> 3] ?? 0) >> (head & 7)) & 1) === 0) return undefined
    return this.#buckets.get(head)
  }

  #code(text: string, position: number): number {
    return this.fold[text.charCodeAt(position) & 127] ?? 63
  }

  #add(literal: Literal<Tag>): void {
    const head = this.head(literal.text, 0)
    this.shift[head & 4095] = 0
    if (this.shift[head >> 6] === 2) this.shift[head >> 6] = 1
    this.#heads[head >> 3] = (this.#heads[head >> 3] ?? 0) | (1 << (head & 7))
    const bucket = this.#buckets.get(head) ?? []
    bucket.push(literal)
    this.#buckets.set(head, bucket)
  }
}

/**
 * Finds where any of many literals begins, reading most of a clean text once at most and in a tight loop. Literals have
 * at least three characters.
 */
export function createPrefilter<Tag>(literals: readonly Literal<Tag>[]): Prefilter<Tag> {
  const tables = new Tables(literals)
  const { fold, shift } = tables
  const opens = (text: string, position: number): boolean => {
    const bucket = tables.bucket(tables.head(text, position))
    if (bucket === undefined) return false
    for (const literal of bucket) if (open(literal, text, position)) return true
    return false
  }
  return {
    at: (text, position) =>
      (tables.bucket(tables.head(text, position)) ?? [])
        .filter((literal) => open(literal, text, position))
        .map((literal) => literal.tag),
    next(text, from, to) {
      let index = from + 2
      while (index < to) {
        const before = fold[text.charCodeAt(index - 1) & 127] ?? 0
        const step = shift[(before << 6) | (fold[text.charCodeAt(index) & 127] ?? 0)] ?? 0
        if (step > 0) index += step
        else if (opens(text, index - 2)) return index - 2
        else index++
      }
      return -1
    },
  }
}
