import type { JsonValue } from './audit-event.ts'

/**
 * The one way to write a value as JSON (RFC 8785), so that equal values have equal bytes.
 *
 * Expects what `recordable` returns: finite numbers and well-formed strings. Keys sort by UTF-16 code units; a key whose
 * value is undefined is left out.
 */
export function canonicalJson(value: JsonValue): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  if (isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  const members: string[] = []
  for (const key of Object.keys(value).sort()) {
    const member = value[key]
    if (member !== undefined) members.push(`${JSON.stringify(key)}:${canonicalJson(member)}`)
  }
  return `{${members.join(',')}}`
}

/** `Array.isArray` that also narrows readonly arrays. */
function isArray(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value)
}
