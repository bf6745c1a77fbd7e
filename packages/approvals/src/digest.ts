import { createHash } from 'node:crypto'
import { type Canonical, canonicalJson } from './canonical-json.ts'
import type { Operation } from './operation.ts'

/** SHA-256 in lower-case hex over `sshmcp-op-v1\n` and the RFC 8785 JSON of the operation: what an approval is for. */
export function digestOf(operation: Operation): string {
  return createHash('sha256')
    .update(`sshmcp-op-v1\n${canonicalJson(operation)}`)
    .digest('hex')
}

/** The names of the fields in which two operations differ, sorted. Empty exactly when their digests are equal. */
export function differingFields(a: Operation, b: Operation): readonly string[] {
  const [left, right] = [fieldsOf(a), fieldsOf(b)]
  return [...new Set([...left.keys(), ...right.keys()])]
    .filter((name) => spelt(left, name) !== spelt(right, name))
    .sort()
}

function fieldsOf(operation: Operation): ReadonlyMap<string, Canonical> {
  return new Map(Object.entries<Canonical>(operation))
}

function spelt(fields: ReadonlyMap<string, Canonical>, name: string): string | undefined {
  const value = fields.get(name)
  return value === undefined ? undefined : canonicalJson(value)
}
