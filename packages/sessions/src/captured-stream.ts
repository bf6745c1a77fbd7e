import { OutputCleaner } from './output-cleaner.ts'
import type { OutputFilter } from './output-filter.ts'
import { StreamLog, wholeCharacters } from './stream-log.ts'

/**
 * One stream of one command: bytes come in as they arrive, and only text that was decoded, cleaned and redacted is kept. The
 * beginning and the newest part are; memory is bounded whatever the host sends.
 */
export class CapturedStream {
  readonly log: StreamLog
  readonly #filter: OutputFilter
  readonly #headBytes: number
  readonly #decoder = new TextDecoder('utf-8', { ignoreBOM: true })
  readonly #cleaner = new OutputCleaner()
  #head = Buffer.alloc(0)
  #headSize = 0

  /**
   * @param headBytes of the beginning, kept apart from the log
   * @param logBytes of the newest part
   */
  constructor(filter: OutputFilter, headBytes: number, logBytes: number) {
    this.#filter = filter
    this.#headBytes = headBytes
    this.log = new StreamLog(logBytes)
  }

  get cleaned(): number {
    return this.#cleaner.count
  }

  get findings(): Readonly<Record<string, number>> {
    return this.#filter.findings
  }

  write(bytes: Uint8Array): void {
    this.#keep(this.#filter.write(this.#cleaner.write(this.#decoder.decode(bytes, { stream: true }))))
  }

  end(): void {
    const rest = this.#cleaner.write(this.#decoder.decode()) + this.#cleaner.end()
    this.#keep(this.#filter.write(rest) + this.#filter.end())
  }

  /** All of it within `maxBytes`, or its head and its tail with a line between them that says what is missing. */
  within(maxBytes: number): { readonly text: string; readonly isWhole: boolean } {
    const total = this.log.end
    if (total <= maxBytes && this.log.start === 0) return { text: this.log.read(0, total).text, isWhole: true }
    const half = Math.floor(Math.max(0, maxBytes - markerBytes) / 2)
    const head = this.#headText(half)
    const tail = this.log.read(total - half, half).text
    const missing = total - Buffer.byteLength(head) - Buffer.byteLength(tail)
    return { text: `${head}\n[... ${missing} bytes left out ...]\n${tail}`, isWhole: false }
  }

  #keep(text: string): void {
    if (text === '') return
    const bytes = this.log.append(text)
    if (this.#headSize >= this.#headBytes) return
    const part = bytes.subarray(0, this.#headBytes - this.#headSize)
    this.#makeRoomFor(this.#headSize + part.length)
    part.copy(this.#head, this.#headSize)
    this.#headSize += part.length
  }

  /** One piece of memory of its own: a small copy would hold on to the whole slab that Node cuts small buffers from. */
  #makeRoomFor(size: number): void {
    if (size <= this.#head.length) return
    const larger = Buffer.allocUnsafeSlow(Math.min(this.#headBytes, Math.max(size, 2 * this.#head.length)))
    this.#head.copy(larger, 0, 0, this.#headSize)
    this.#head = larger
  }

  #headText(maxBytes: number): string {
    const bytes = this.#head.subarray(0, Math.min(maxBytes, this.#headSize))
    return bytes.subarray(0, wholeCharacters(bytes)).toString('utf8')
  }
}

/** Room for the line between head and tail. */
const markerBytes = 48
