/** How every placeholder begins; what already carries it is never masked again. */
export const placeholderStart = '[REDACTED:'

const maskedPattern = /\[REDACTED:[a-z0-9-]{1,60}\]/g

/** Where placeholders of an earlier pass stand. */
export function placeholdersIn(line: string): readonly (readonly [number, number])[] {
  if (!line.includes(placeholderStart)) return []
  return [...line.matchAll(maskedPattern)].map((found) => [found.index, found.index + found[0].length] as const)
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

  /** Whether something between the two was found. */
  within(start: number, end: number): boolean {
    return this.#items.some((item) => item.start >= start && item.end <= end)
  }

  clear(): void {
    this.#items = []
  }

  /** Leaves out the placeholders of an earlier pass, so that masking twice is masking once. */
  cutOut(holes: readonly (readonly [number, number])[]): void {
    for (const [from, to] of holes)
      this.#items = this.#items.flatMap((item) =>
        item.start < to && item.end > from
          ? [
              { ...item, end: from },
              { ...item, start: to },
            ].filter((part) => part.start < part.end)
          : [item],
      )
  }

  /** Drops what `keep` refuses. */
  filter(keep: (start: number, end: number) => boolean): void {
    this.#items = this.#items.filter((item) => keep(item.start, item.end))
  }

  /** Overlaps become one stretch from the first start to the last end, named by whoever started first (on a tie by its own form, then the longest). */
  merged(): readonly Span[] {
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
