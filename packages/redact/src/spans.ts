/** How every placeholder begins; what already carries it is never masked again. */
export const placeholderStart = '[REDACTED:'

const maskedPattern = /\[REDACTED:[a-z0-9-]{1,60}\]/y

/** Where a placeholder begins and ends. */
export type Hole = readonly [number, number]

/** Where placeholders of an earlier pass stand, from left to right. */
export function placeholdersIn(line: string): readonly Hole[] {
  const holes: Hole[] = []
  for (let at = line.indexOf(placeholderStart); at >= 0; at = line.indexOf(placeholderStart, at + 1)) {
    maskedPattern.lastIndex = at
    if (maskedPattern.test(line)) holes.push([at, maskedPattern.lastIndex])
  }
  return holes
}

/** The index of the first hole that ends behind `position`. */
function firstBehind(holes: readonly Hole[], position: number): number {
  let [low, high] = [0, holes.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((holes[middle]?.[1] ?? 0) > position) high = middle
    else low = middle + 1
  }
  return low
}

/** The hole that a position lies in. */
export function holeAt(holes: readonly Hole[], position: number): Hole | undefined {
  if (holes.length === 0) return undefined
  const hole = holes[firstBehind(holes, position)]
  return hole !== undefined && hole[0] <= position ? hole : undefined
}

/** The text that stands where a secret stood. */
export const placeholder = (rule: string): string => `${placeholderStart}${rule}]`

interface Span {
  readonly start: number
  readonly end: number
  readonly rule: string
  /** Found by its own form: the better name when a scanner found the same by what stands around it. */
  readonly specific: boolean
  readonly before: string
  readonly after: string
}

/** What the scanners found in one line: stretches to mask, each with the rule that asked for it. */
export class Spans {
  #items: Span[] = []

  get empty(): boolean {
    return this.#items.length === 0
  }

  /** `wrap` is put around the placeholder: a quote where a bare JSON number stood. */
  add(start: number, end: number, rule: string, wrap = '', specific = false): void {
    if (end > start) this.#items.push({ start, end, rule, specific, before: wrap, after: wrap })
  }

  /** Takes a stretch of another collection, moved. */
  put(span: Span): void {
    this.#items.push(span)
  }

  /** Whether something between the two was found. */
  within(start: number, end: number): boolean {
    return this.#items.some((item) => item.start >= start && item.end <= end)
  }

  clear(): void {
    this.#items = []
  }

  /** Leaves out the placeholders of an earlier pass, so that masking twice is masking once. */
  cutOut(holes: readonly Hole[]): void {
    if (holes.length === 0) return
    this.#items = this.#items.flatMap((item) => {
      const parts: Span[] = []
      let { start } = item
      for (let index = firstBehind(holes, start); index < holes.length; index++) {
        const [from, to] = holes[index] ?? [item.end, item.end]
        if (from >= item.end) break
        if (from > start) parts.push({ ...item, start, end: from })
        start = to
      }
      if (start < item.end) parts.push({ ...item, start })
      return parts
    })
  }

  /** Drops what `keep` refuses. */
  filter(keep: (start: number, end: number) => boolean): void {
    this.#items = this.#items.filter((item) => keep(item.start, item.end))
  }

  /** Overlaps become one stretch from the first start to the last end, named by whoever started first (on a tie by its own form, then the longest). */
  merged(): readonly Span[] {
    if (this.#items.length < 2) return this.#items
    const sorted = this.#items.toSorted(
      (a, b) => a.start - b.start || Number(b.specific) - Number(a.specific) || b.end - a.end,
    )
    const merged: Span[] = []
    for (const item of sorted) {
      const last = merged.at(-1)
      if (last === undefined || item.start >= last.end) merged.push(item)
      else if (item.end > last.end) merged[merged.length - 1] = { ...last, end: item.end }
    }
    return merged
  }
}
