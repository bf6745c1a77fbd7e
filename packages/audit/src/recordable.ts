import { createHash } from 'node:crypto'
import type { JsonValue } from './audit-event.ts'

const deepest = 24

/**
 * Any value as JSON that can be written canonically: never throws, never loses silently.
 *
 * A number that JSON cannot say becomes `{"$number":"NaN"}`, a lone surrogate U+FFFD, a bigint its decimal text, bytes
 * their length and hash; what is nested more than 24 deep, or is no data at all, is named as such.
 */
export function recordable(value: unknown, depth = 0): JsonValue {
  switch (typeof value) {
    case 'string':
      return wellFormed(value)
    case 'boolean':
      return value
    case 'number':
      // Adding 0 makes 0 of -0, as JSON does: what is told at once is what is read back.
      return Number.isFinite(value) ? value + 0 : { $number: String(value) }
    case 'bigint':
      return String(value)
    case 'object':
      return value === null ? null : recordableObject(value, depth)
    default:
      return { $type: typeof value }
  }
}

function recordableObject(value: object, depth: number): JsonValue {
  if (depth >= deepest) return { $type: 'too deep' }
  if (value instanceof Uint8Array) return { $bytes: value.length, sha256: sha256(value) }
  if (Array.isArray(value)) return value.map((item) => (item === undefined ? null : recordable(item, depth + 1)))
  if ('toJSON' in value && typeof value.toJSON === 'function') return recordable(value.toJSON(), depth + 1)
  const members: [string, JsonValue][] = []
  for (const [key, member] of Object.entries(value)) {
    if (member !== undefined) members.push([wellFormed(key), recordable(member, depth + 1)])
  }
  return Object.fromEntries(members)
}

function wellFormed(text: string): string {
  // Asking without `u` is faster than replacing, and nearly no text has any half of a pair.
  return /[\ud800-\udfff]/.test(text) ? text.replace(/\p{Cs}/gu, '\ufffd') : text
}

/** A long text cut to about `most` characters, with what is needed to recognise the whole: its length and hash. */
export function cutText(
  text: string,
  most: number,
): { readonly $cut: string; readonly bytes: number; readonly sha256: string } {
  const bytes = Buffer.from(text, 'utf8')
  return { $cut: wellFormed(text.slice(0, most)), bytes: bytes.length, sha256: sha256(bytes) }
}

/** Every text in `value` that is longer than `most` characters, cut. */
export function cutTexts(value: JsonValue, most: number): JsonValue {
  if (typeof value === 'string') return value.length > most ? cutText(value, most) : value
  if (value === null || typeof value !== 'object') return value
  if (Array.isArray(value)) return value.map((item: JsonValue) => cutTexts(item, most))
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, cutTexts(member ?? null, most)]))
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}
