/** A literal that wakes a scanner. */
export interface Literal<Tag> {
  readonly text: string
  /** Compared letter for letter; otherwise upper and lower case are the same. */
  readonly exact?: boolean
  readonly tag: Tag
  /** A cheap look around: false when the scanner would find nothing here. `text` may be longer than the line. */
  readonly gate?: ((text: string, position: number) => boolean) | undefined
}

/** A literal that was found, and where it begins. */
interface Hit<Tag> {
  readonly position: number
  readonly tag: Tag
}

/** Finds literals in a text, each at the place of its anchor: four of its characters, or all three. */
export interface Prefilter<Tag> {
  /** The first place from `from` on where an anchor ends whose literal is there, with its gate open; -1 if there is none. */
  next(text: string, from: number, to: number): number
  /** What is anchored at such a place, whatever the gates say. */
  at(text: string, place: number): readonly Hit<Tag>[]
}

const marks = '_-.:/=$ "\'~+@|{<#%[(,&*;!>'

/** 64 classes are enough: letters without case, digits, and the marks that literals use. */
function foldTable(): Uint8Array {
  const fold = new Uint8Array(128).fill(63)
  for (let letter = 0; letter < 26; letter++) {
    fold[65 + letter] = letter
    fold[97 + letter] = letter
  }
  for (let digit = 0; digit < 10; digit++) fold[48 + digit] = 26 + digit
  for (let index = 0; index < marks.length; index++) fold[marks.charCodeAt(index)] = 36 + index
  return fold
}

const common = ' etaoinsrdlcum0123hp/.:-45678fgb9y,w"v=_kx'

/** How often a character is met in what programs print, roughly. */
const weightOf = (character: string): number => {
  const rank = common.indexOf(character.toLowerCase())
  return rank < 0 ? 1 : (common.length - rank) / 4 + 1
}

/** Where the anchor of a literal begins: the four characters whose end is the rarest. */
function anchorOf(text: string): number {
  let best = 0
  let least = Number.POSITIVE_INFINITY
  for (let start = 0; start + 4 <= text.length; start++) {
    const weight =
      weightOf(text[start + 2] ?? '') * weightOf(text[start + 3] ?? '') * (10 + weightOf(text[start + 1] ?? ''))
    if (weight < least) {
      least = weight
      best = start
    }
  }
  return best
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

interface Anchored<Tag> {
  readonly literal: Literal<Tag>
  /** From the beginning of the literal to the end of its anchor. */
  readonly back: number
}

const isHere = <Tag>({ literal, back }: Anchored<Tag>, text: string, place: number): boolean =>
  place >= back &&
  begins(literal, text, place - back) &&
  (literal.gate === undefined || literal.gate(text, place - back))

/** The tables of Wu and Manber's search for many literals (1994), over windows of four characters. */
interface Tables<Tag> {
  readonly fold: Uint8Array
  /** How far a window can move whose last two characters (seven bits of each) are known. */
  readonly shift: Uint8Array
  /** For each three folded characters, whether some anchor ends in them. */
  readonly tails: Uint8Array
  readonly buckets: ReadonlyMap<number, readonly Anchored<Tag>[]>
}

/** The codes a character of a literal may have in a text; undefined stands for all. */
function codesOf(character: string | undefined, exact: boolean): readonly number[] {
  if (character === undefined) return Array.from({ length: 128 }, (_, code) => code)
  const forms = exact ? [character] : [character.toLowerCase(), character.toUpperCase()]
  return [...new Set(forms.map((form) => form.charCodeAt(0) & 127))]
}

function lowerShift(shift: Uint8Array, first: readonly number[], second: readonly number[], step: number): void {
  for (const a of first) {
    for (const b of second) shift[(a << 7) | b] = Math.min(shift[(a << 7) | b] ?? 0, step)
  }
}

function buildTables<Tag>(literals: readonly Literal<Tag>[]): Tables<Tag> {
  const fold = foldTable()
  const shift = new Uint8Array(16_384).fill(3)
  const tails = new Uint8Array(262_144)
  const buckets = new Map<number, Anchored<Tag>[]>()
  for (const literal of literals) {
    const { text, exact = false } = literal
    const short = text.length < 4
    const back = short ? 2 : anchorOf(text) + 3
    const [first, a, b, c] = [3, 2, 1, 0].map((distance) =>
      codesOf(short && distance === 3 ? undefined : text[back - distance], exact),
    )
    lowerShift(shift, b ?? [], c ?? [], 0)
    lowerShift(shift, a ?? [], b ?? [], 1)
    lowerShift(shift, first ?? [], a ?? [], 2)
    const tail = tailAt(fold, text, back)
    tails[tail] = 1
    const bucket = buckets.get(tail) ?? []
    bucket.push({ literal, back })
    buckets.set(tail, bucket)
  }
  return { fold, shift, tails, buckets }
}

const tailAt = (fold: Uint8Array, text: string, place: number): number =>
  ((fold[text.charCodeAt(place - 2) & 127] ?? 0) << 12) |
  ((fold[text.charCodeAt(place - 1) & 127] ?? 0) << 6) |
  (fold[text.charCodeAt(place) & 127] ?? 0)

/** Finds many literals, reading less than half of a clean text. Literals have at least three characters. */
export function createPrefilter<Tag>(literals: readonly Literal<Tag>[]): Prefilter<Tag> {
  const { fold, shift, tails, buckets } = buildTables(literals)
  const isAnchor = (text: string, place: number): boolean => {
    const tail = tailAt(fold, text, place)
    if (tails[tail] !== 1) return false
    for (const anchored of buckets.get(tail) ?? []) {
      const { literal, back } = anchored
      if (isHere(anchored, text, place) && (literal.gate === undefined || literal.gate(text, place - back))) return true
    }
    return false
  }
  return {
    at: (text, place) =>
      (buckets.get(tailAt(fold, text, place)) ?? [])
        .filter((anchored) => isHere(anchored, text, place))
        .map(({ literal, back }) => ({ position: place - back, tag: literal.tag })),
    next(text, from, to) {
      let place = Math.max(from, 2)
      while (place < to) {
        const step = shift[((text.charCodeAt(place - 1) & 127) << 7) | (text.charCodeAt(place) & 127)] ?? 0
        if (step > 0) place += step
        else if (isAnchor(text, place)) return place
        else place++
      }
      return -1
    },
  }
}
