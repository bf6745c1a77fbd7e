/** A set of characters as sorted, disjoint ranges of code points. */
export type CharSet = readonly (readonly [number, number])[]

const last = 0x10ffff

/** The set of the given ranges, in any order and overlapping as they like. */
export function charSet(...ranges: readonly (readonly [number, number])[]): CharSet {
  const sorted = [...ranges].sort(([a], [b]) => a - b)
  const merged: [number, number][] = []
  for (const [from, to] of sorted) {
    const before = merged.at(-1)
    if (before && from <= before[1] + 1) before[1] = Math.max(before[1], to)
    else merged.push([from, to])
  }
  return merged
}

export function complement(set: CharSet): CharSet {
  const gaps: [number, number][] = []
  let next = 0
  for (const [from, to] of set) {
    if (from > next) gaps.push([next, from - 1])
    next = to + 1
  }
  if (next <= last) gaps.push([next, last])
  return gaps
}

/** The characters that both sets hold. */
export function intersect(a: CharSet, b: CharSet): CharSet {
  return a.flatMap(([from, to]) =>
    b.flatMap(([low, high]): CharSet => (low <= to && from <= high ? [[Math.max(from, low), Math.min(to, high)]] : [])),
  )
}

/** Both cases of its ASCII letters. */
export function foldCase(set: CharSet): CharSet {
  const shifted = (from: number, to: number, by: number): CharSet =>
    intersect(set, [[from, to]]).map(([low, high]) => [low + by, high + by] as const)
  return charSet(...set, ...shifted(65, 90, 32), ...shifted(97, 122, -32))
}

/** A character that stands for the set: a letter where there is one, else a digit, else the first that can be seen. */
export function representative(set: CharSet): string {
  for (const range of [
    [97, 122],
    [65, 90],
    [48, 57],
    [33, 126],
  ] as const) {
    const [found] = intersect(set, [range])
    if (found) return String.fromCodePoint(found[0])
  }
  const [first] = set
  return first ? String.fromCodePoint(first[0]) : ''
}
