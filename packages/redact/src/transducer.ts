import type { LineEngine } from './line-engine.ts'
import { LineReader } from './line-engine.ts'
import { endsPrivateKey, isBodyLine, isShortBodyLine } from './scan/private-key.ts'
import { placeholder } from './spans.ts'

/** A longer line is read in windows of this many characters, counted from its beginning. */
const windowSize = 65_536
/** How far a window looks beyond its end, so that what begins before it is seen whole. */
const lookAhead = 8192
/** How much of what went before a window is read again, so that a name before it is known. */
const lookBehind = 256
/** Lines of base64 that are kept back: an end marker would make them a private key. */
const heldLines = 200
/** A prompt is shorter than this. */
const longestPrompt = 512

/**
 * Reads a text in pieces of any size and gives the masked text: cut anywhere, the same bytes come out as for the whole.
 *
 * Memory is bounded: at most one window of a line and 200 lines that look like the end of a private key are kept.
 */
export class Transducer {
  readonly #engine: LineEngine
  readonly #reader: LineReader
  readonly #count: (rule: string) => void
  /** Complete lines that may be the end of a private key. */
  #held = ''
  #heldLineCount = 0
  /** The unfinished line, in the pieces it came in. */
  #pieces: string[] = []
  #pieceLength = 0
  /** What went before in a line that is already given out in part; undefined at the beginning of a line. */
  #behind: string | undefined

  constructor(engine: LineEngine, count: (rule: string) => void) {
    this.#engine = engine
    this.#count = count
    this.#reader = new LineReader(engine, count)
  }

  write(chunk: string): string {
    if (chunk === '') return ''
    const newline = chunk.lastIndexOf('\n')
    if (newline < 0) {
      this.#keep(chunk)
      return this.#pieceLength > windowSize + lookAhead ? this.#windows() : ''
    }
    const out = this.#lines(chunk, newline + 1)
    this.#keep(chunk.slice(newline + 1))
    return this.#pieceLength > windowSize + lookAhead ? out + this.#windows() : out
  }

  end(): string {
    const rest = this.#takePieces()
    const held = this.#takeHeld()
    if (this.#behind !== undefined) return this.#restOfLine(rest)
    return this.#region(held + rest, 0, held.length + rest.length)
  }

  /** Gives out an unfinished line that looks like a prompt. What may be the beginning of a secret stays. */
  flush(): string {
    if (this.#pieceLength === 0 || this.#pieceLength > longestPrompt || this.#reader.waiting) return ''
    const line = this.#takePieces()
    this.#keep(line)
    const context = this.#behind ?? ''
    if (!/[:?$#>%\])][ \t]*$/.test(line) || !this.#reader.window(context + line).empty) return ''
    const released = this.#release()
    this.#takePieces()
    this.#behind = (context + line).slice(-lookBehind)
    return released + line
  }

  #keep(piece: string): void {
    if (piece === '') return
    this.#pieces.push(piece)
    this.#pieceLength += piece.length
  }

  #takePieces(): string {
    const text = this.#pieces.length === 1 ? (this.#pieces[0] ?? '') : this.#pieces.join('')
    this.#pieces = []
    this.#pieceLength = 0
    return text
  }

  #takeHeld(): string {
    const held = this.#held
    this.#held = ''
    this.#heldLineCount = 0
    return held
  }

  /** The lines of a chunk up to `end`, the first of which may be the rest of one that was begun. */
  #lines(chunk: string, end: number): string {
    const begun = this.#pieceLength > 0 || this.#behind !== undefined
    const from = begun ? chunk.indexOf('\n') + 1 : 0
    const first = begun ? this.#takePieces() + chunk.slice(0, from) : ''
    if (this.#behind !== undefined) return this.#restOfLine(first) + this.#whole(chunk, from, end)
    return (first === '' ? '' : this.#whole(first, 0, first.length)) + this.#whole(chunk, from, end)
  }

  /** Whole lines. Those that may be the end of a private key are kept back. The text is not cut, so that it stays flat. */
  #whole(text: string, from: number, end: number): string {
    if (from >= end) return ''
    if (this.#held !== '') return this.#joined(this.#held + text.slice(from, end))
    const [start, count] = tailStart(text, { from, end, known: from, knownCount: 0 })
    this.#held = text.slice(start, end)
    this.#heldLineCount = count
    return this.#region(text, from, start)
  }

  #joined(all: string): string {
    const [start, count] = tailStart(all, {
      from: 0,
      end: all.length,
      known: this.#held.length,
      knownCount: this.#heldLineCount,
    })
    this.#held = all.slice(start)
    this.#heldLineCount = count
    return this.#region(all, 0, start)
  }

  /** The parts of an unfinished line that is too long to keep. */
  #windows(): string {
    let text = this.#takePieces()
    let out = this.#behind === undefined ? this.#release() : ''
    let behind = this.#behind ?? ''
    while (text.length > windowSize + lookAhead) {
      const [masked, cut] = this.#window(behind, text)
      out += masked
      behind = (behind + text.slice(0, cut)).slice(-lookBehind)
      text = text.slice(cut)
    }
    this.#behind = behind
    this.#keep(text)
    return out
  }

  #window(behind: string, text: string): readonly [string, number] {
    const unit = behind + text.slice(0, windowSize + lookAhead)
    const spans = this.#reader.window(unit)
    let cut = behind.length + windowSize
    for (const span of spans.merged()) if (span.start < cut && span.end > cut) cut = span.end
    return [this.#reader.render(unit, spans, behind.length, cut), cut - behind.length]
  }

  #restOfLine(text: string): string {
    let behind = this.#behind ?? ''
    let rest = text
    let out = ''
    while (rest.length > windowSize + lookAhead) {
      const [masked, cut] = this.#window(behind, rest)
      out += masked
      behind = (behind + rest.slice(0, cut)).slice(-lookBehind)
      rest = rest.slice(cut)
    }
    this.#behind = undefined
    const unit = behind + rest
    return out + this.#reader.render(unit, this.#reader.window(unit), behind.length, unit.length)
  }

  #release(): string {
    const held = this.#takeHeld()
    return this.#region(held, 0, held.length)
  }

  /** Whole lines: what wakes nothing goes through in one piece. */
  #region(text: string, from: number, to: number): string {
    const { lines } = this.#engine.prefilter
    lines.open(text, from, to)
    let out = ''
    let done = from
    let at = from
    while (at < to) {
      const hit = this.#reader.waiting ? at : lines.next(at)
      if (hit < 0) break
      const start = hit === at ? at : Math.max(at, text.lastIndexOf('\n', hit) + 1)
      const newline = text.indexOf('\n', hit)
      const end = newline < 0 || newline > to ? to : newline
      const [masked, stretch] = this.#lineAt(text, { start, end, floor: done })
      if (masked !== undefined) {
        out += text.slice(done, stretch) + masked
        done = end
      }
      at = end + 1
    }
    return done === 0 && to === text.length ? text : out + text.slice(done, to)
  }

  /** The masked text of the line, if it may not stay as it is, and where that begins. */
  #lineAt(text: string, { start, end, floor }: Place): readonly [string | undefined, number] {
    if (end - start > windowSize + lookAhead) {
      this.#behind = ''
      return [this.#restOfLine(text.slice(start, end)), start]
    }
    const line = text.slice(start, end)
    const masked = this.#reader.line(line)
    if (!this.#reader.inKey && line.includes('-----END') && endsPrivateKey(line)) {
      const tail = keyTail(text, start, floor)
      if (tail < start) {
        this.#count('private-key')
        return [maskLines(text.slice(tail, start)) + masked, tail]
      }
    }
    return [masked === line ? undefined : masked, start]
  }
}

/** A line in a text, and what lies behind everything that was given out. */
interface Place {
  readonly start: number
  readonly end: number
  readonly floor: number
}

const maskLines = (text: string): string => text.replace(/[A-Za-z0-9+/=]+/g, placeholder('private-key'))

/** Where the base64 lines that end at `end` begin. */
function keyTail(text: string, end: number, floor: number): number {
  let at = end
  let bodies = 0
  for (let count = 0; count < heldLines && at > floor; count++) {
    const start = Math.max(floor, text.lastIndexOf('\n', at - 2) + 1)
    const line = text.slice(start, at)
    const body = isBodyLine(line)
    if (!body && !(count === 0 && isShortBodyLine(line))) break
    if (body) bodies++
    at = start
  }
  // A short line alone is not kept back, so that it cannot be a key's either.
  return bodies === 0 ? end : at
}

/** Whole lines from `from` to `end`; those before `known` are `knownCount` that may be the end of a private key. */
interface Lines {
  readonly from: number
  readonly end: number
  readonly known: number
  readonly knownCount: number
}

/** Where the lines begin that have to be kept back, and how many they are. */
function tailStart(text: string, { from, end, known, knownCount }: Lines): readonly [number, number] {
  let at = end
  let count = 0
  let bodies = 0
  while (at > known) {
    // More would not be kept.
    if (count >= heldLines) return [at, count]
    const start = Math.max(from, text.lastIndexOf('\n', at - 2) + 1)
    const line = text.slice(start, at)
    const body = isBodyLine(line)
    if (!body && !(count === 0 && isShortBodyLine(line))) break
    if (body) bodies++
    count++
    at = start
  }
  if (at <= known) {
    at = from
    count += knownCount
    bodies += knownCount
  }
  if (bodies === 0) return [end, 0]
  while (count > heldLines) {
    at = text.indexOf('\n', at) + 1
    count--
  }
  return [at, count]
}
