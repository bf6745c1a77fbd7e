/** Names close to a misspelt one (Damerau–Levenshtein within a third of its length, or a shared beginning), best first. */
export function nearest(wanted: string, names: Iterable<string>, most = 3): readonly string[] {
  const limit = Math.max(1, Math.floor(wanted.length / 3))
  const key = wanted.toLowerCase()
  return [...names]
    .map((name) => ({ name, distance: closeness(key, name.toLowerCase()) }))
    .filter(({ distance }) => distance <= limit)
    .sort((a, b) => a.distance - b.distance || (a.name < b.name ? -1 : 1))
    .slice(0, most)
    .map(({ name }) => name)
}

function closeness(wanted: string, name: string): number {
  if (wanted.length >= 3 && (name.startsWith(wanted) || wanted.startsWith(name))) return 1
  return editDistance(wanted, name)
}

function editDistance(a: string, b: string): number {
  let before: number[] = []
  let previous = Array.from({ length: b.length + 1 }, (_, column) => column)
  for (let row = 1; row <= a.length; row++) {
    const current = [row]
    for (let column = 1; column <= b.length; column++) {
      const cost = a[row - 1] === b[column - 1] ? 0 : 1
      let best = Math.min(at(previous, column) + 1, at(current, column - 1) + 1, at(previous, column - 1) + cost)
      const swapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]
      if (swapped) best = Math.min(best, at(before, column - 2) + 1)
      current.push(best)
    }
    before = previous
    previous = current
  }
  return at(previous, b.length)
}

function at(row: readonly number[], column: number): number {
  return row[column] ?? Number.POSITIVE_INFINITY
}
