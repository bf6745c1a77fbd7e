import { decodesToPair } from './scan/authorization.ts'
import type { KeyClass } from './scan/key-name.ts'
import { isProseValue, isSecretValue } from './scan/value-shape.ts'
import { placeholder } from './spans.ts'

/** What masking a value needs from its redactor. */
export interface ValueMasking {
  readonly text: (text: string) => string
  readonly count: (rule: string) => void
  readonly classify: (name: string) => KeyClass
  readonly allow: ReadonlySet<string>
}

const none: KeyClass = { certainty: 'none', rule: '' }
const deepest = 200

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function maskString(text: string, key: KeyClass, masking: ValueMasking): string {
  const secret = isSecretValue(text, key.certainty) && !isProseValue(text) && !/^\s*[{[]/.test(text)
  const pair = key.rule === 'credential' && /^[A-Za-z0-9+/_-]{8,}={0,2}$/.test(text) && decodesToPair(text)
  if ((!secret && !pair) || masking.allow.has(text)) return masking.text(text)
  masking.count(key.rule)
  return placeholder(key.rule)
}

const nameFields = ['name', 'Name', 'key', 'Key', 'field', 'label', 'variable', 'parameter']
const valueFields = new Set([
  'value',
  'Value',
  'val',
  'content',
  'default',
  'secretString',
  'SecretString',
  'stringValue',
])

/** The class that `{ name: 'DB_PASSWORD', value: … }` gives to its value. */
function classFromName(record: Readonly<Record<string, unknown>>, masking: ValueMasking): KeyClass {
  if (record.Type === 'SecureString' || record.sensitive === true) return { certainty: 'sure', rule: 'secret' }
  for (const field of nameFields) {
    const name = record[field]
    if (typeof name === 'string') return masking.classify(name.slice(name.lastIndexOf('/') + 1))
  }
  return none
}

function maskRecord(
  record: Readonly<Record<string, unknown>>,
  key: KeyClass,
  masking: ValueMasking,
  depth: number,
): unknown {
  const named = classFromName(record, masking)
  const manifest = record.kind === 'Secret'
  const entries = Object.entries(record).map(([name, value]) => {
    const own = masking.classify(name)
    const inherited = valueFields.has(name) ? (named.certainty === 'none' ? key : named) : none
    const kept =
      manifest && (name === 'data' || name === 'stringData')
        ? { certainty: 'sure' as const, rule: 'kubernetes-secret' }
        : none
    const strongest = [kept, inherited, own].find((item) => item.certainty !== 'none') ?? none
    const child =
      manifest && isRecord(value) && kept.certainty === 'sure'
        ? maskAll(value, masking)
        : mask(value, strongest, masking, depth + 1)
    return [masking.text(name), child] as const
  })
  return Object.fromEntries(entries)
}

const maskAll = (record: Readonly<Record<string, unknown>>, masking: ValueMasking): unknown =>
  Object.fromEntries(
    Object.entries(record).map(([name, value]) => [
      name,
      typeof value === 'string' ? maskString(value, { certainty: 'sure', rule: 'kubernetes-secret' }, masking) : value,
    ]),
  )

function mask(value: unknown, key: KeyClass, masking: ValueMasking, depth: number): unknown {
  if (typeof value === 'string') return maskString(value, key, masking)
  if (typeof value === 'number' && key.certainty === 'sure' && key.rule === 'password' && value >= 1000) {
    masking.count(key.rule)
    return placeholder(key.rule)
  }
  if (depth > deepest) return value
  if (Array.isArray(value)) return value.map((item: unknown) => mask(item, key, masking, depth + 1))
  return isRecord(value) ? maskRecord(value, key, masking, depth) : value
}

/** A copy of a JSON value with its secrets masked: names say what their values are. */
export function maskValue<T>(value: T, masking: ValueMasking): T {
  const masked: unknown = mask(value, none, masking, 0)
  return asShape<T>(masked)
}

/** Masking keeps the structure, which the compiler cannot see. */
function asShape<T>(value: unknown): T
function asShape(value: unknown): unknown {
  return value
}
