import { aWrittenFolder, MemoryAuditFolder, MemoryAuditStore } from '@sshmcp/audit/testing'

/** The one segment of the journals here. */
export const segmentName = '000000000000'

/** The same journal with other bytes. */
export function withBytes(folder: MemoryAuditFolder, bytes: Buffer): MemoryAuditStore {
  const copy = new MemoryAuditFolder()
  copy.segments.set(segmentName, bytes)
  copy.note = folder.note
  copy.description = folder.description
  return new MemoryAuditStore(copy)
}

export const bytesOf = (folder: MemoryAuditFolder): Buffer => folder.segments.get(segmentName) ?? Buffer.alloc(0)
export const linesOf = (bytes: Buffer): string[] => bytes.toString('utf8').split('\n').slice(0, -1)
export const joined = (lines: readonly string[]): Buffer => Buffer.from(lines.map((line) => `${line}\n`).join(''))

/** A journal, its lines, and which entry each byte belongs to. */
export interface WholeJournal {
  readonly folder: MemoryAuditFolder
  readonly whole: Buffer
  readonly lines: readonly string[]
  readonly owner: Uint32Array
}

/** A signed journal of at least `entries` entries. */
export async function wholeJournal(entries: number): Promise<WholeJournal> {
  const folder = await aWrittenFolder(entries)
  const whole = bytesOf(folder)
  const owner = new Uint32Array(whole.length)
  let entry = 0
  for (const [at, byte] of whole.entries()) {
    owner[at] = entry
    if (byte === 10) entry += 1
  }
  return { folder, whole, lines: linesOf(whole), owner }
}

/** Whole lines out of place: what becomes of the lines, and how far behind `at` the first bad entry is. */
export const misplacements: readonly (readonly [
  name: string,
  change: (lines: readonly string[], at: number) => readonly string[],
  offset: number,
])[] = [
  ['dropped', (lines, at) => lines.toSpliced(at, 1), 0],
  ['repeated', (lines, at) => lines.toSpliced(at, 0, lines[at] ?? ''), 1],
  ['swapped with the next', (lines, at) => lines.toSpliced(at, 2, lines[at + 1] ?? '', lines[at] ?? ''), 0],
  ['preceded by an invented one', (lines, at) => lines.toSpliced(at, 0, '{"a":1}'), 0],
]

/** What a crash or a power cut makes of the bytes from `at` on. */
export const tears: readonly (readonly [name: string, tear: (bytes: Buffer, at: number) => Buffer])[] = [
  ['cut', (bytes, at) => bytes.subarray(0, at)],
  ['zeroed', (bytes, at) => Buffer.concat([bytes.subarray(0, at), Buffer.alloc(bytes.length - at)])],
  ['garbled', (bytes, at) => Buffer.concat([bytes.subarray(0, at), Buffer.alloc(bytes.length - at, '\u00fe{"x')])],
]
