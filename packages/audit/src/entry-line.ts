import { hash } from 'node:crypto'
import type { AuditEntry } from './audit-event.ts'
import { canonicalJson } from './canonical-json.ts'
import { type FittedEvent, maxLineBytes } from './fitted-event.ts'
import { leafOf } from './leaf.ts'

/** Where a line stands in the chain, and when and by whom it was written. */
export interface LineHead {
  readonly prev: string
  readonly seq: number
  /** RFC 3339 in UTC with milliseconds. */
  readonly time: string
  readonly mono: number
  readonly writer: string
}

/** One entry as it stands in the journal. Its parts always agree, for only this class puts them together. */
export class EntryLine {
  /** Without the newline. */
  readonly bytes: Buffer
  readonly entry: AuditEntry
  /** The leaf of the line before, as this one says it. */
  readonly prev: string
  readonly leaf: string

  private constructor(bytes: Buffer, entry: AuditEntry, prev: string, leaf: string) {
    this.bytes = bytes
    this.entry = entry
    this.prev = prev
    this.leaf = leaf
  }

  /** The line that says this event in this place. */
  static encode({ prev, seq, time, mono, writer }: LineHead, { event, json }: FittedEvent): EntryLine {
    const [beforeMono, beforeWriter, rest] = json
    const head = `"_prev":"${prev}","_seq":${seq},"_time":"${time}",${beforeMono},"mono":${canonicalJson(mono)}`
    const middle = beforeWriter === '' ? head : `${head},${beforeWriter}`
    const said = `{${middle},"writer":${canonicalJson(writer)}${rest === '' ? '' : `,${rest}`}}`
    // The zero byte before the text makes it the input of the leaf hash as it stands.
    const hashed = Buffer.from(`\0${said}`, 'utf8')
    const entry = { ...event, mono, writer, seq, time }
    return new EntryLine(hashed.subarray(1), entry, prev, hash('sha256', hashed, 'hex'))
  }

  /** The line that these bytes are; undefined when they are no entry. */
  static parse(bytes: Buffer): EntryLine | undefined {
    const read = readLine(bytes)
    return read === undefined ? undefined : new EntryLine(bytes, read.entry, read.prefix.prev, leafOf(bytes))
  }
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
  return readLine(line)?.entry
}

function readLine(line: Uint8Array): { readonly prefix: LinePrefix; readonly entry: AuditEntry } | undefined {
  const prefix = line.length > maxLineBytes ? undefined : linePrefix(line)
  if (prefix === undefined) return undefined
  const value = parseJson(Buffer.from(line.buffer, line.byteOffset, line.length).toString('utf8'))
  if (!isRecord(value)) return undefined
  const { _prev, _seq, _time, ...event } = value
  const entry: unknown = { ...event, seq: prefix.seq, time: prefix.time }
  return isEntry(entry) ? { prefix, entry } : undefined
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
