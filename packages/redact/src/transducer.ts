import { keyTail, maskLines, tailStart } from './key-tail.ts'
import { type LineEngine, LineReader } from './line-engine.ts'
import { LongLine, longestLine } from './long-line.ts'
import { endsPrivateKey } from './scan/private-key.ts'

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
  /** The unfinished line, when a part of it is given out already. */
  readonly #longLine: LongLine

  constructor(engine: LineEngine, count: (rule: string) => void) {
    this.#engine = engine
    this.#count = count
    this.#reader = new LineReader(engine, count)
    this.#longLine = new LongLine(this.#reader)
  }

  write(chunk: string): string {
    if (chunk === '') return ''
    const newline = chunk.lastIndexOf('\n')
    if (newline < 0) {
      this.#keep(chunk)
      return this.#pieceLength > longestLine ? this.#windows() : ''
    }
    const out = this.#lines(chunk, newline + 1)
    this.#keep(chunk.slice(newline + 1))
    return this.#pieceLength > longestLine ? out + this.#windows() : out
  }

  end(): string {
    const rest = this.#takePieces()
    const held = this.#takeHeld()
    if (this.#longLine.begun) return this.#longLine.end(rest)
    return this.#region(held + rest, 0, held.length + rest.length)
  }

  /** Gives out an unfinished line that looks like a prompt. What may be the beginning of a secret stays. */
  flush(): string {
    if (this.#pieceLength === 0 || this.#pieceLength > longestPrompt || this.#reader.waiting) return ''
    const line = this.#takePieces()
    this.#keep(line)
    if (!/[:?$#>%\])][ \t]*$/.test(line) || !this.#longLine.isClean(line)) return ''
    const released = this.#release()
    this.#takePieces()
    this.#longLine.pass(line)
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
    const begun = this.#pieceLength > 0 || this.#longLine.begun
    const from = begun ? chunk.indexOf('\n') + 1 : 0
    const first = begun ? this.#takePieces() + chunk.slice(0, from) : ''
    if (this.#longLine.begun) return this.#longLine.end(first) + this.#whole(chunk, from, end)
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

  /** Gives out the parts of an unfinished line that is too long to keep. */
  #windows(): string {
    const released = this.#longLine.begun ? '' : this.#release()
    const [out, rest] = this.#longLine.windows(this.#takePieces())
    this.#keep(rest)
    return released + out
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
    if (end - start > longestLine) return [this.#longLine.end(text.slice(start, end)), start]
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
