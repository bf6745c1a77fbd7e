import type { JsonValue } from './audit-event.ts'

/** Printable ASCII without quotes and backslashes: what stands in JSON as it is. */
const plain = /^[ !#-[\]-~]*$/

/**
 * The one way to write a value as JSON (RFC 8785), so that equal values have equal bytes.
 *
 * Expects finite numbers and well-formed strings. Keys sort by UTF-16 code units; a key whose
 * value is undefined is left out.
 */
export function canonicalJson(value: JsonValue): string {
  if (typeof value === 'string') return jsonText(value)
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  if (isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  let members = ''
  for (const key of Object.keys(value).sort()) {
    const member = value[key]
    if (member !== undefined) members += `${members === '' ? '' : ','}${canonicalMember(key, member)}`
  }
  return `{${members}}`
}

/** One member of an object, as it stands between the braces. */
export function canonicalMember(key: string, value: JsonValue): string {
  return `${jsonText(key)}:${canonicalJson(value)}`
}

// Nearly all texts are plain, and asking is several times faster than `JSON.stringify`.
function jsonText(text: string): string {
  return plain.test(text) ? `"${text}"` : JSON.stringify(text)
}

/** `Array.isArray` that also narrows readonly arrays. */
function isArray(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value)
}
