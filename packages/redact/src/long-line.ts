import type { LineReader } from './line-engine.ts'

/** A longer line is read in windows of this many characters, counted from its beginning. */
const windowSize = 65_536
/** How far a window looks beyond its end, so that what begins before it is seen whole. */
const lookAhead = 8192
/** How much of what went before a window is read again, so that a name before it is known. */
const lookBehind = 256

/** A line of more characters is read in windows. */
export const longestLine = windowSize + lookAhead

/** A line that is given out in parts. */
export class LongLine {
  readonly #reader: LineReader
  /** The end of what was given out; undefined when nothing was. */
  #behind: string | undefined

  constructor(reader: LineReader) {
    this.#reader = reader
  }

  /** Whether a part of the line was given out. */
  get begun(): boolean {
    return this.#behind !== undefined
  }

  /** Whether nothing in what comes next would be masked if it were all. */
  isClean(text: string): boolean {
    return this.#reader.window((this.#behind ?? '') + text).empty
  }

  /** Takes note of what is given out as it is. */
  pass(text: string): void {
    this.#behind = ((this.#behind ?? '') + text).slice(-lookBehind)
  }

  /** The masked text of as many windows as `text` is enough for, and what is left of it. */
  windows(text: string): readonly [masked: string, rest: string] {
    let rest = text
    let out = ''
    while (rest.length > longestLine) {
      const [masked, cut] = this.#window(rest)
      out += masked
      this.pass(rest.slice(0, cut))
      rest = rest.slice(cut)
    }
    return [out, rest]
  }

  /** The masked text of the rest of the line. */
  end(text: string): string {
    const [out, rest] = this.windows(text)
    const behind = this.#behind ?? ''
    this.#behind = undefined
    const unit = behind + rest
    return out + this.#reader.render(unit, this.#reader.window(unit), behind.length, unit.length)
  }

  #window(text: string): readonly [masked: string, cut: number] {
    const behind = this.#behind ?? ''
    const unit = behind + text.slice(0, longestLine)
    const spans = this.#reader.window(unit)
    let cut = behind.length + windowSize
    for (const span of spans.merged()) if (span.start < cut && span.end > cut) cut = span.end
    return [this.#reader.render(unit, spans, behind.length, cut), cut - behind.length]
  }
}
