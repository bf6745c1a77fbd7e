/** Numbers of draft-ietf-secsh-filexfer-02, which is version 3. */
export const packet = {
  init: 1,
  version: 2,
  open: 3,
  close: 4,
  read: 5,
  write: 6,
  lstat: 7,
  fstat: 8,
  fsetstat: 10,
  opendir: 11,
  readdir: 12,
  remove: 13,
  mkdir: 14,
  realpath: 16,
  rename: 18,
  status: 101,
  handle: 102,
  data: 103,
  name: 104,
  attrs: 105,
  extended: 200,
} as const

/** §3.3 of the draft: the longest packet that every server takes is 34,000 bytes; OpenSSH sends up to 256 KiB. */
const longestPacket = 256 * 1024

/** Builds the fields of a request, one after the other. */
export class PacketWriter {
  readonly #parts: Uint8Array[] = []

  u32(value: number): this {
    const bytes = Buffer.allocUnsafe(4)
    bytes.writeUInt32BE(value)
    this.#parts.push(bytes)
    return this
  }

  u64(value: number): this {
    const bytes = Buffer.allocUnsafe(8)
    bytes.writeBigUInt64BE(BigInt(value))
    this.#parts.push(bytes)
    return this
  }

  bytes(value: Uint8Array): this {
    this.u32(value.length)
    this.#parts.push(value)
    return this
  }

  text(value: string): this {
    return this.bytes(Buffer.from(value))
  }

  done(): Buffer {
    return Buffer.concat(this.#parts)
  }
}

/** Takes the fields of an answer apart. Whatever runs over its end is a protocol error, never undefined. */
export class PacketReader {
  readonly #bytes: Buffer
  #at = 0

  constructor(bytes: Buffer) {
    this.#bytes = bytes
  }

  get left(): number {
    return this.#bytes.length - this.#at
  }

  u32(): number {
    return this.#take(4).readUInt32BE()
  }

  /** @throws RangeError beyond 2^53: no file is that long */
  u64(): number {
    const value = this.#take(8).readBigUInt64BE()
    if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw new RangeError('a size beyond 2^53')
    return Number(value)
  }

  /** A view, not a copy. */
  bytes(): Buffer {
    return this.#take(this.u32())
  }

  #take(length: number): Buffer {
    if (length > this.left) throw new RangeError('a field runs over the end of its packet')
    const from = this.#at
    this.#at += length
    return this.#bytes.subarray(from, this.#at)
  }
}

/** Cuts the stream of a channel into packets: type and payload. */
export class PacketCutter {
  readonly #onPacket: (type: number, payload: Buffer) => void
  readonly #memory: (length: number) => Buffer
  #header = Buffer.allocUnsafe(4)
  #headerFilled = 0
  #body: Buffer | undefined
  #bodyFilled = 0

  /** @param memory where the next packet is to lie */
  constructor(
    onPacket: (type: number, payload: Buffer) => void,
    memory: (length: number) => Buffer = (length) => Buffer.allocUnsafe(length),
  ) {
    this.#onPacket = onPacket
    this.#memory = memory
  }

  /** Copies what it is given. @throws RangeError for a length that no server sends */
  take(chunk: Buffer): void {
    for (let at = 0; at < chunk.length; ) {
      if (this.#body === undefined) {
        const copied = chunk.copy(this.#header, this.#headerFilled, at, at + 4 - this.#headerFilled)
        this.#headerFilled += copied
        at += copied
        if (this.#headerFilled < 4) return
        this.#begin(this.#header.readUInt32BE())
      }
      at = this.#fill(chunk, at)
    }
  }

  #begin(length: number): void {
    if (length < 1 || length > longestPacket) throw new RangeError(`a packet of ${length} bytes`)
    this.#headerFilled = 0
    this.#body = this.#memory(length)
    this.#bodyFilled = 0
  }

  #fill(chunk: Buffer, at: number): number {
    const body = this.#body
    if (body === undefined) return at
    const copied = chunk.copy(body, this.#bodyFilled, at, at + body.length - this.#bodyFilled)
    this.#bodyFilled += copied
    if (this.#bodyFilled === body.length) {
      this.#body = undefined
      this.#onPacket(body[0] ?? 0, body.subarray(1))
    }
    return at + copied
  }
}
