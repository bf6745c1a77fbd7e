import type { Extent } from './value-extent.ts'

const quoted =
  /(?:%22|%27|&quot;|&#34;|&#39;|&apos;)?(?:%3[ad]|:|=|&#58;|=&gt;)(?:%20|\+|\s){0,4}(?:%22|%27|&quot;|&#34;|&#39;|&apos;)/iy
const bare = /%3[ad](?:%20|\+){0,4}/iy
const closing = /%22|%27|&quot;|&#34;|&#39;|&apos;/i
const ending = /%(?:2[26c]|0[ad]|7d)|[&\s"'<>]/i
const longest = 4096

/** The value of a name that is URL-encoded (`%22password%22%3A%22X%22`) or written for HTML (`&quot;password&quot;:…`). */
export function encodedExtent(line: string, nameEnd: number): Extent | undefined {
  if (line[nameEnd] !== '%' && line[nameEnd] !== '&') return undefined
  for (const [opening, end] of [
    [quoted, closing],
    [bare, ending],
  ] as const) {
    opening.lastIndex = nameEnd
    if (!opening.test(line)) continue
    const start = opening.lastIndex
    const length = line.slice(start, start + longest).search(end)
    return { start, end: length < 0 ? Math.min(line.length, start + longest) : start + length, quoted: end === closing }
  }
  return undefined
}
