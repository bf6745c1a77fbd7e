const opening = '{"_prev":"'
const seqMark = '","_seq":'
const timeMark = ',"_time":"'
const timeLength = 24
const leafLength = 64
const digitsAt = opening.length + leafLength + seqMark.length
const nine = 0x39
const zero = 0x30
/** The journal's own entries have nothing before `detail`, so this letter after the time marks what must be parsed. */
const letterD = 0x64

/**
 * The bytes that the next line must begin with, kept ready so that a line is checked by one comparison.
 *
 * Knows the time of the line before, and counts how often a clock went back.
 */
export class ExpectedLine {
  clockRegressions = 0
  readonly #bytes = Buffer.alloc(128, `${opening}${'0'.repeat(leafLength)}${seqMark}`, 'latin1')
  readonly #time = Buffer.alloc(timeLength)
  #size = 0
  #digits = 0
  #length = 0

  /** Sets what the next line must say. */
  set(size: number, leaf: string): void {
    this.#bytes.write(leaf, opening.length, 'latin1')
    if (size === this.#size + 1 && this.#countUp()) return
    this.#size = size
    this.#digits = this.#bytes.write(String(size), digitsAt, 'latin1')
    this.#length = digitsAt + this.#digits + this.#bytes.write(timeMark, digitsAt + this.#digits, 'latin1')
  }

  /** True when the line from `start` to `end` begins so and none of it needs to be parsed. Takes its time. */
  isPlain(chunk: Buffer, start: number, end: number): boolean {
    const timeAt = start + this.#length
    if (timeAt + timeLength > end) return false
    if (chunk.compare(this.#bytes, 0, this.#length, start, timeAt) !== 0) return false
    if (chunk[timeAt + timeLength + 3] === letterD) return false
    const order = chunk.compare(this.#time, 0, timeLength, timeAt, timeAt + timeLength)
    if (order < 0) this.#wentBack(chunk.toString('latin1', timeAt, timeAt + timeLength))
    if (order !== 0) chunk.copy(this.#time, 0, timeAt, timeAt + timeLength)
    return true
  }

  /** Takes the time of a line that was parsed. */
  passed(time: string): void {
    if (time < this.#time.toString('latin1')) this.#wentBack(time)
    this.#time.write(time, 'latin1')
  }

  #wentBack(time: string): void {
    if (Date.parse(this.#time.toString('latin1')) - Date.parse(time) > 2_000) this.clockRegressions += 1
  }

  /** One more, in the digits themselves; false when they do not suffice. */
  #countUp(): boolean {
    let at = digitsAt + this.#digits - 1
    while (at >= digitsAt && this.#bytes[at] === nine) this.#bytes[at--] = zero
    const digit = this.#bytes[at]
    if (at < digitsAt || digit === undefined || this.#digits === 0) return false
    this.#bytes[at] = digit + 1
    this.#size += 1
    return true
  }
}
