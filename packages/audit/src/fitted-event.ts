import type { AuditEvent, JsonValue } from './audit-event.ts'
import { canonicalJson, canonicalMember } from './canonical-json.ts'
import { auditErrors } from './errors.ts'
import { cutText, cutTexts, recordable } from './recordable.ts'

/** The longest line, newline not counted: what a length of 16 bits can say (C2SP entry bundles). */
export const maxLineBytes = 65_535

/** Room kept for position, time and writer, which are added after an event has been fitted. */
const headBytes = 256

/** An event that is JSON through and through. */
export interface PlainEvent extends AuditEvent {
  readonly [key: string]: JsonValue | undefined
}

/** An event made ready for writing: redacted, JSON through and through, short enough for one line. */
export interface FittedEvent {
  readonly event: PlainEvent
  /** Its members as canonical JSON, cut where the journal puts its own: before `mono`, from there to `writer`, the rest. */
  readonly json: readonly [beforeMono: string, beforeWriter: string, rest: string]
}

/** Hashes, ids made by this product and closed words: a redactor that knows of long random text must not eat them. */
const spared: ReadonlySet<string> = new Set(['kind', 'status', 'operation_id', 'host_key_fingerprint'])

type Member = readonly [key: string, value: JsonValue]

/**
 * Redacts an event, makes it JSON and cuts long texts until it fits into one line.
 *
 * @throws AUDIT_EVENT_INVALID when an intent or outcome has no operation_id, or nothing can make it fit
 */
export function fitEvent(event: AuditEvent, redactValue: <T>(value: T) => T): FittedEvent {
  if ((event.kind === 'intent' || event.kind === 'outcome') && !event.operation_id) {
    throw auditErrors.error('AUDIT_EVENT_INVALID', { message: `An ${event.kind} needs an operation_id.` })
  }
  const clean = cleanMembers(event, redactValue)
  const whole = withMembers(event.kind, clean)
  if (fits(whole)) return whole
  for (const most of [16_384, 4_096, 1_024, 256, 64]) {
    const cut = withMembers(event.kind, cutMembers(clean, most))
    if (fits(cut)) return cut
  }
  const stump = withMembers(
    event.kind,
    clean.map(([key, member]): Member => [key, cutWhole(key, member)]),
  )
  if (fits(stump)) return stump
  throw auditErrors.error('AUDIT_EVENT_INVALID', { message: 'The event has more fields than one line can hold.' })
}

/** An event that is plain already, as it is written. */
export function asFitted(event: PlainEvent): FittedEvent {
  const json: [string, string, string] = ['', '', '']
  for (const key of Object.keys(event).sort()) {
    const value = event[key]
    if (value === undefined || key === 'mono' || key === 'writer') continue
    const part = key < 'mono' ? 0 : key < 'writer' ? 1 : 2
    json[part] += `${json[part] === '' ? '' : ','}${canonicalMember(key, value)}`
  }
  return { event, json }
}

function cleanMembers(event: AuditEvent, redactValue: <T>(value: T) => T): readonly Member[] {
  const members: Member[] = []
  for (const [key, value] of Object.entries(event)) {
    if (value === undefined) continue
    const member = recordable(value)
    const redacted = spared.has(key) ? member : redactValue(member)
    members.push([key, redacted === member ? member : recordable(redacted)])
  }
  return members
}

function withMembers(kind: AuditEvent['kind'], members: readonly Member[]): FittedEvent {
  const event: { kind: AuditEvent['kind']; [key: string]: JsonValue | undefined } = { kind }
  for (const [key, value] of members) if (key !== 'kind') event[key] = value
  return asFitted(event)
}

function fits({ json }: FittedEvent): boolean {
  return json.reduce((sum, part) => sum + Buffer.byteLength(part) + 1, 0) <= maxLineBytes - headBytes
}

function cutMembers(members: readonly Member[], most: number): readonly Member[] {
  return members.map(([key, member]) => {
    // A field that readers know as text stays text.
    if (typeof member === 'string') return [key, member.length > most ? cutAsText(member, most) : member]
    return [key, cutTexts(member, most)]
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
