/**
 * A pattern of `allowed_paths`, taken apart. A trailing `/*` means everything below; `*` elsewhere stays within one name.
 */
export interface PathPattern {
  /** The part before the first `*` (the folder, where there is none): taken literally, resolved on the host before use. */
  readonly folder: string
  /** The names that follow, each of which may hold `*`. */
  readonly names: readonly string[]
  /** True when everything below counts. */
  readonly isBelow: boolean
}

/** What a path is wanted for: the folder of a pattern that ends in `/*` may itself be listed, and nothing else. */
export type PathUse = 'list' | 'file'

export function parsePathPattern(text: string): PathPattern {
  const names = namesOf(text)
  const isBelow = names.at(-1) === '*'
  const fixed = isBelow ? names.slice(0, -1) : names
  const star = fixed.findIndex((name) => name.includes('*'))
  const cut = star >= 0 ? star : isBelow ? fixed.length : Math.max(0, fixed.length - 1)
  return { folder: pathOf(fixed.slice(0, cut)), names: fixed.slice(cut), isBelow }
}

/** True when the pattern admits a path that has passed {@link pathFault}. */
export function admitsPath({ folder, names, isBelow }: PathPattern, path: string, use: PathUse): boolean {
  const own = namesOf(folder)
  const asked = namesOf(path)
  const rest = asked.slice(own.length)
  const isInside = own.every((name, index) => name === asked[index])
  if (!isInside || rest.length < names.length) return false
  if (!names.every((name, index) => nameMatches(name, rest[index] ?? ''))) return false
  const deeper = rest.length - names.length
  return isBelow ? deeper > 0 || (deeper === 0 && use === 'list') : deeper === 0
}

/** In words what is wrong with the spelling of a path; undefined when it is absolute and says what it means. */
export function pathFault(path: string, use: PathUse): string | undefined {
  if (!path.startsWith('/')) return 'is not absolute'
  if (path.includes('\0')) return 'holds a NUL'
  if (path.length > 4096) return 'is longer than 4,096 characters'
  const trimmed = use === 'list' && path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path
  if (trimmed === '/') return use === 'list' ? undefined : 'is no file'
  const names = trimmed.slice(1).split('/')
  if (names.includes('')) return 'holds an empty name ("//" or a "/" at its end)'
  if (names.includes('..') || names.includes('.')) return 'holds "." or ".."'
  return undefined
}

function namesOf(path: string): readonly string[] {
  return path.split('/').filter((name) => name !== '' && name !== '.')
}

function pathOf(names: readonly string[]): string {
  return `/${names.join('/')}`
}

/** `*` is any run of characters, the empty one too; every other character is itself. Linear in pattern × name. */
function nameMatches(pattern: string, name: string): boolean {
  const [first = '', ...others] = pattern.split('*')
  const last = others.pop()
  if (last === undefined) return name === pattern
  if (!name.startsWith(first) || !name.endsWith(last) || name.length < first.length + last.length) return false
  let at = first.length
  for (const part of others) {
    const found = name.indexOf(part, at)
    if (found < 0 || found + part.length > name.length - last.length) return false
    at = found + part.length
  }
  return true
}
