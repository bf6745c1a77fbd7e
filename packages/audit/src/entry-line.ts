import { rfc3339 } from '@sshmcp/kernel'
import type { AuditEntry, AuditEvent, JsonValue } from './audit-event.ts'
import { canonicalJson } from './canonical-json.ts'
import { auditErrors } from './errors.ts'
import { cutText, cutTexts, recordable } from './recordable.ts'

/** The longest line, newline not counted: what a length of 16 bits can say (C2SP entry bundles). */
export const maxLineBytes = 65_535

/** Room kept for position, time and writer, which are added after an event has been fitted. */
const headBytes = 256

/** Where a line stands in the chain, and when and by whom it was written. */
export interface LineHead {
  readonly prev: string
  readonly seq: number
  readonly now: number
  readonly mono: number
  readonly writer: string
}

/** An event made ready for writing: redacted, JSON through and through, short enough for one line. */
export interface FittedEvent extends AuditEvent {
  readonly [key: string]: JsonValue | undefined
}

/** Hashes, ids made by this product and closed words: a redactor that knows of long random text must not eat them. */
const spared: ReadonlySet<string> = new Set(['kind', 'status', 'operation_id', 'host_key_fingerprint'])

/**
 * Redacts an event, makes it JSON and cuts long texts until it fits into one line.
 *
 * @throws AUDIT_EVENT_INVALID when an intent or outcome has no operation_id, or nothing can make it fit
 */
export function fitEvent(event: AuditEvent, redactValue: <T>(value: T) => T): FittedEvent {
  if ((event.kind === 'intent' || event.kind === 'outcome') && !event.operation_id) {
    throw auditErrors.error('AUDIT_EVENT_INVALID', { message: `An ${event.kind} needs an operation_id.` })
  }
  const members = Object.entries(event).filter(([, member]) => member !== undefined)
  const clean = members.map(([key, member]): [string, JsonValue] => [
    key,
    spared.has(key) ? recordable(member) : recordable(redactValue(recordable(member))),
  ])
  for (const most of [Number.POSITIVE_INFINITY, 16_384, 4_096, 1_024, 256, 64]) {
    const fitted = asEvent(event.kind, cutMembers(clean, most))
    if (Buffer.byteLength(canonicalJson(fitted)) <= maxLineBytes - headBytes) return fitted
  }
  const whole = clean.map(([key, member]): [string, JsonValue] => [key, cutWhole(key, member)])
  const fitted = asEvent(event.kind, whole)
  if (Buffer.byteLength(canonicalJson(fitted)) <= maxLineBytes - headBytes) return fitted
  throw auditErrors.error('AUDIT_EVENT_INVALID', { message: 'The event has more fields than one line can hold.' })
}

function asEvent(kind: AuditEvent['kind'], members: readonly (readonly [string, JsonValue])[]): FittedEvent {
  return { ...Object.fromEntries(members), kind }
}

function cutMembers(members: readonly (readonly [string, JsonValue])[], most: number): [string, JsonValue][] {
  return members.map(([key, member]) => {
    // A field that readers know as text stays text.
    if (typeof member === 'string') return [key, member.length > most ? cutAsText(member, most) : member]
    return [key, most === Number.POSITIVE_INFINITY ? member : cutTexts(member, most)]
  })
}

function cutAsText(text: string, most: number): string {
  const cut = cutText(text, most)
  return `${cut.$cut}… [cut: ${cut.bytes} bytes, sha256 ${cut.sha256}]`
}

function cutWhole(key: string, member: JsonValue): JsonValue {
  if (typeof member === 'string') return member.length > 64 ? cutAsText(member, 64) : member
  return key === 'detail' || key === 'untrusted' ? cutText(canonicalJson(member), 1_024) : cutTexts(member, 64)
}

/** The bytes of one entry, newline not included. */
export function encodeLine(head: LineHead, event: FittedEvent): { readonly line: Buffer; readonly entry: AuditEntry } {
  const time = rfc3339(head.now)
  const placed = { mono: head.mono, writer: head.writer }
  const line = Buffer.from(
    canonicalJson({ _prev: head.prev, _seq: head.seq, _time: time, ...event, ...placed }),
    'utf8',
  )
  return { line, entry: { ...event, ...placed, seq: head.seq, time } }
}

/** The fixed beginning of a line, read without parsing the rest. */
export interface LinePrefix {
  readonly prev: string
  readonly seq: number
  readonly time: string
}

/** Reads the fixed beginning; undefined when the bytes are no entry. */
export function linePrefix(line: Uint8Array): LinePrefix | undefined {
  const text = Buffer.from(line.buffer, line.byteOffset, Math.min(line.length, 140)).toString('latin1')
  const found = /^\{"_prev":"([0-9a-f]{64})","_seq":(0|[1-9][0-9]{0,14}),"_time":"([0-9TZ:.-]{24})",/.exec(text)
  if (found === null) return undefined
  const [, prev = '', seq = '', time = ''] = found
  return { prev, seq: Number(seq), time }
}

/** The entry that a line holds; undefined when the bytes are no entry, such as what a crash left behind. */
export function parseLine(line: Uint8Array): AuditEntry | undefined {
  const prefix = linePrefix(line)
  if (prefix === undefined) return undefined
  const value = parseJson(Buffer.from(line.buffer, line.byteOffset, line.length).toString('utf8'))
  if (!isRecord(value)) return undefined
  const { _prev, _seq, _time, ...event } = value
  const entry: unknown = { ...event, seq: prefix.seq, time: prefix.time }
  return isEntry(entry) ? entry : undefined
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** A JSON object, as against null, an array or a plain value. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

// Kinds and members that a later version added are let through: a reader that hides entries is worse than an old one.
function isEntry(value: unknown): value is AuditEntry {
  return (
    isRecord(value) &&
    typeof value.kind === 'string' &&
    typeof value.seq === 'number' &&
    typeof value.writer === 'string'
  )
}
