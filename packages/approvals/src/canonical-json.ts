import { kernelErrors } from '@sshmcp/kernel'

/** What can be written in exactly one way: JSON without `undefined`, functions or numbers that JSON has not. */
export type Canonical = string | number | boolean | null | readonly Canonical[] | { readonly [name: string]: Canonical }

/**
 * RFC 8785 JSON: no white space, names sorted by UTF-16 code units. Equal values give equal text and different values
 * different text, which is what a digest needs.
 *
 * @throws INPUT_INVALID for lone surrogates and for numbers that JSON has not
 */
export function canonicalJson(value: Canonical): string {
  if (typeof value === 'string') return canonicalString(value)
  if (typeof value === 'number') return canonicalNumber(value)
  if (typeof value !== 'object' || value === null) return String(value)
  if (isList(value)) return `[${value.map(canonicalJson).join(',')}]`
  const members = Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, member]) => `${canonicalString(name)}:${canonicalJson(member)}`)
  return `{${members.join(',')}}`
}

/** `Array.isArray` does not narrow readonly arrays. */
function isList(value: object): value is readonly Canonical[] {
  return Array.isArray(value)
}

function canonicalString(text: string): string {
  // Two different lone surrogates become the same bytes in UTF-8, so they would have the same digest.
  if (/\p{Surrogate}/u.test(text))
    throw kernelErrors.error('INPUT_INVALID', { message: 'A text holds half of a surrogate pair.' })
  return JSON.stringify(text)
}

function canonicalNumber(value: number): string {
  if (!Number.isFinite(value))
    throw kernelErrors.error('INPUT_INVALID', { message: `${value} is not a number that JSON has.` })
  return JSON.stringify(value)
}
