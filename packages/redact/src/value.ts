import { decodesToPair } from './scan/authorization.ts'
import type { KeyClass } from './scan/key-name.ts'
import { isProseValue, isSecretValue } from './scan/value-shape.ts'
import { placeholder, placeholderStart } from './spans.ts'

/** What masking a value needs from its redactor. */
export interface ValueMasking {
  readonly text: (text: string) => string
  readonly count: (rule: string) => void
  readonly classify: (name: string) => KeyClass
  readonly allow: ReadonlySet<string>
}

const none: KeyClass = { certainty: 'none', rule: '' }
const deepest = 200

/** A name that was masked itself says nothing more, so that masking twice is masking once. */
const classOf = (name: string, masking: ValueMasking): KeyClass =>
  name.includes(placeholderStart) ? none : masking.classify(name)

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function maskString(text: string, key: KeyClass, masking: ValueMasking): string {
  const code = (key.rule === 'pin' && /^\d{4,12}$/.test(text)) || (key.rule === 'otp' && /^\d{6,12}$/.test(text))
  const secret = isSecretValue(text, key.certainty) && !isProseValue(text) && !/^\s*[{[]/.test(text)
  const pair = key.rule === 'credential' && /^[A-Za-z0-9+/_-]{8,}={0,2}$/.test(text) && decodesToPair(text)
  if ((!secret && !pair && !code) || masking.allow.has(text)) return masking.text(text)
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
    if (typeof name === 'string') return classOf(name.slice(name.lastIndexOf('/') + 1), masking)
  }
  return none
}

/** `apiKey: { current: X }`: what stands under a secret's name is one if it is long and random, and no name of something. */
const within = (key: KeyClass, name: string): KeyClass =>
  key.certainty === 'none' || /(?:id|ids|name|names|user|email|url|type|date|at|hash|version|path|arn)$/i.test(name)
    ? none
    : { certainty: 'maybe', rule: key.rule }

function maskRecord(
  record: Readonly<Record<string, unknown>>,
  key: KeyClass,
  masking: ValueMasking,
  depth: number,
): unknown {
  const named = classFromName(record, masking)
  const manifest = record.kind === 'Secret'
  const entries = Object.entries(record).map(([name, value]) => {
    const own = classOf(name, masking)
    const inherited = valueFields.has(name) ? (named.certainty === 'none' ? key : named) : none
    const kept =
      manifest && (name === 'data' || name === 'stringData')
        ? { certainty: 'sure' as const, rule: 'kubernetes-secret' }
        : none
    const strongest = [kept, inherited, own, within(key, name)].find((item) => item.certainty !== 'none') ?? none
    const child =
      manifest && isRecord(value) && kept.certainty === 'sure'
        ? maskAll(value, masking)
        : mask(value, strongest, masking, depth + 1, name)
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

const longestList = 8192

/** A list of strings read as one text: a flag says what the next is, and a program what its arguments are. */
function maskList(list: readonly string[], name: string, masking: ValueMasking): readonly string[] {
  const head = `${JSON.stringify(name)}: `
  const text = head + JSON.stringify(list)
  if (list.length < 2 || text.length > longestList) return list
  const masked = masking.text(text)
  if (masked === text || !masked.startsWith(head)) return list
  const parts = partsOf(masked.slice(head.length))
  return parts.length === list.length ? parts : list
}

/** Nothing when it is no list of strings any more. */
function partsOf(text: string): readonly string[] {
  try {
    const parts: unknown = JSON.parse(text)
    return isStrings(parts) ? parts : []
  } catch {
    return []
  }
}

const isStrings = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((item) => typeof item === 'string')

const isNumberedSecret = (value: number, { certainty, rule }: KeyClass): boolean =>
  value >= 1000 && ((certainty === 'sure' && rule === 'password') || rule === 'pin')

function mask(value: unknown, key: KeyClass, masking: ValueMasking, depth: number, name = ''): unknown {
  if (typeof value === 'string') return maskString(value, key, masking)
  if (typeof value === 'number' && isNumberedSecret(value, key)) {
    masking.count(key.rule)
    return placeholder(key.rule)
  }
  if (depth > deepest) return value
  if (isStrings(value)) return maskList(value, name, masking).map((item) => maskString(item, key, masking))
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
