const blockBytes = 16_384

/** A stretch of a log. */
export interface LogSlice {
  readonly text: string
  /** Where the next slice begins. */
  readonly next: number
  /** Bytes before `text` that were asked for and are no longer kept. */
  readonly dropped: number
}

/**
 * The text of one stream, its newest bytes kept. A position is a count of UTF-8 bytes since the beginning: what stands at a
 * position never changes, it only goes away. Memory stays within the limit plus two blocks.
 */
export class StreamLog {
  readonly #maxBytes: number
  #blocks: Buffer[] = []
  /** Position of the first byte of the first block. */
  #start = 0
  #end = 0
  #highSurrogate = ''

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes
  }

  /** Bytes written since the beginning. */
  get end(): number {
    return this.#end
  }

  /** Position of the oldest byte that is kept. */
  get start(): number {
    return Math.max(this.#start, this.#end - this.#maxBytes)
  }

  /** Returns the bytes that were written. */
  append(text: string): Buffer {
    let whole = this.#highSurrogate + text
    this.#highSurrogate = ''
    if (/[\ud800-\udbff]$/.test(whole)) {
      this.#highSurrogate = whole.slice(-1)
      whole = whole.slice(0, -1)
    }
    const bytes = Buffer.from(whole)
    this.#write(bytes)
    return bytes
  }

  /** At most `maxBytes` from a position on, never half a character; `dropped` says what was lost before it. */
  read(position: number, maxBytes: number): LogSlice {
    const from = this.#characterAt(Math.max(position, this.start))
    const to = Math.min(this.#end, from + maxBytes)
    const bytes = this.#bytes(from, to)
    const whole = to === this.#end ? bytes : bytes.subarray(0, wholeCharacters(bytes))
    return { text: whole.toString('utf8'), next: from + whole.length, dropped: Math.max(0, from - position) }
  }

  /** Moves forward to where a character begins: the cut of what is kept may fall inside one. */
  #characterAt(position: number): number {
    const near = this.#bytes(position, Math.min(this.#end, position + 4))
    const offset = near.findIndex((byte) => (byte & 0xc0) !== 0x80)
    return offset < 0 ? this.#end : position + offset
  }

  #write(bytes: Buffer): void {
    for (let at = 0; at < bytes.length; ) {
      const used = (this.#end - this.#start) % blockBytes
      if (used === 0 && this.#end - this.#start === this.#blocks.length * blockBytes) {
        this.#blocks.push(Buffer.allocUnsafeSlow(blockBytes))
      }
      const block = this.#blocks.at(-1)
      if (block === undefined) return
      const copied = bytes.copy(block, used, at)
      at += copied
      this.#end += copied
      while (this.#end - this.#start - blockBytes >= this.#maxBytes) {
        this.#blocks.shift()
        this.#start += blockBytes
      }
    }
  }

  #bytes(from: number, to: number): Buffer {
    const parts: Buffer[] = []
    for (let at = from; at < to; ) {
      const index = Math.floor((at - this.#start) / blockBytes)
      const offset = (at - this.#start) % blockBytes
      const part = this.#blocks[index]?.subarray(offset, Math.min(blockBytes, offset + to - at))
      if (part === undefined || part.length === 0) break
      parts.push(part)
      at += part.length
    }
    return Buffer.concat(parts)
  }
}

/** How many of the bytes are whole characters: a character that is cut at the end is left for the next slice. */
export function wholeCharacters(bytes: Uint8Array): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back++) {
    const byte = bytes[bytes.length - back] ?? 0
    if ((byte & 0xc0) === 0x80) continue
    const needs = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1
    return needs > back ? bytes.length - back : bytes.length
  }
  return bytes.length
}
