import type { AuditSource, Segment } from './audit-store.ts'
import { maxLineBytes } from './fitted-event.ts'

const chunkBytes = 256 * 1024
const newline = 0x0a

/** A line and where it stands. */
export interface PlacedLine {
  readonly line: Buffer
  readonly segment: string
  readonly offset: number
}

/**
 * Lines from the newest to the oldest, in constant memory and without a lock.
 *
 * What follows the last newline is still being written and is left out, and so is whatever is too long for an entry.
 */
export async function* linesBackward(source: AuditSource): AsyncGenerator<PlacedLine> {
  for (const segment of [...(await source.segments())].reverse()) yield* segmentBackward(source, segment)
}

async function* segmentBackward(source: AuditSource, segment: Segment): AsyncGenerator<PlacedLine> {
  let end = segment.bytes
  // Bytes whose beginning lies before `end`. Undefined: they belong to no whole line, or to one that is too long.
  let tail: Buffer | undefined
  while (end > 0) {
    const start = Math.max(0, end - chunkBytes)
    const chunk = Buffer.from(await source.read(segment.name, start, end - start))
    let stop = chunk.length
    for (let at = chunk.lastIndexOf(newline); at >= 0; at = at === 0 ? -1 : chunk.lastIndexOf(newline, at - 1)) {
      const line = joined(chunk.subarray(at + 1, stop), tail)
      if (line !== undefined) yield { line, segment: segment.name, offset: start + at + 1 }
      tail = Buffer.alloc(0)
      stop = at
    }
    tail = joined(chunk.subarray(0, stop), tail)
    end = start
  }
  if (tail !== undefined) yield { line: tail, segment: segment.name, offset: 0 }
}

function joined(head: Buffer, tail: Buffer | undefined): Buffer | undefined {
  if (tail === undefined || head.length + tail.length > maxLineBytes) return undefined
  return tail.length === 0 ? head : Buffer.concat([head, tail])
}

/** Where to go on reading. */
export interface Position {
  readonly segment: string
  readonly offset: number
}

/** Whole lines from a position to the end of the journal, oldest first; then the position behind the last of them. */
export async function* linesForward(
  source: AuditSource,
  from?: Position,
): AsyncGenerator<PlacedLine, Position | undefined> {
  let position = from
  for (const segment of await source.segments()) {
    if (from !== undefined && segment.name < from.segment) continue
    const offset = segment.name === from?.segment ? from.offset : 0
    position = { segment: segment.name, offset: yield* segmentForward(source, segment.name, offset) }
  }
  return position
}

async function* segmentForward(source: AuditSource, name: string, from: number): AsyncGenerator<PlacedLine, number> {
  let offset = from
  let length = chunkBytes
  for (;;) {
    const chunk = Buffer.from(await source.read(name, offset, length))
    let start = 0
    for (let at = chunk.indexOf(newline); at >= 0; at = chunk.indexOf(newline, start)) {
      yield { line: chunk.subarray(start, at), segment: name, offset: offset + start }
      start = at + 1
    }
    if (chunk.length < length && start === 0) return offset
    // A line longer than the chunk, which only a crash leaves behind: look further ahead.
    length = start === 0 ? length * 2 : chunkBytes
    offset += start
  }
}
