/** Says what is wrong with bytes that do not parse; the caller's code and field are put in here. */
export type Malformed = (why: string) => Error

/** Reads the data types of RFC 4251 §5 from bytes, and never past their end. */
export class WireReader {
  readonly #bytes: Buffer
  readonly #malformed: Malformed
  #at = 0

  constructor(bytes: Uint8Array, malformed: Malformed) {
    this.#bytes = asBuffer(bytes)
    this.#malformed = malformed
  }

  /** Bytes not read yet. */
  get remaining(): number {
    return this.#bytes.length - this.#at
  }

  /** How many bytes were read. */
  get position(): number {
    return this.#at
  }

  /** The bytes read since an earlier {@link position}. */
  since(position: number): Buffer {
    return this.#bytes.subarray(position, this.#at)
  }

  bytes(count: number): Buffer {
    if (count > this.remaining) throw this.fail('it ends too early')
    const slice = this.#bytes.subarray(this.#at, this.#at + count)
    this.#at += count
    return slice
  }

  u8(): number {
    return this.bytes(1).readUInt8()
  }

  u32(): number {
    return this.bytes(4).readUInt32BE()
  }

  u64(): bigint {
    return this.bytes(8).readBigUInt64BE()
  }

  string(): Buffer {
    return this.bytes(this.u32())
  }

  /** A string that must be UTF-8 without NUL. */
  text(what: string): string {
    const bytes = this.string()
    const text = bytes.toString('utf8')
    if (text.includes('\0') || !Buffer.from(text, 'utf8').equals(bytes)) throw this.fail(`${what} is not clean text`)
    return text
  }

  /** A positive mpint in its only valid form: no leading zero byte that the sign does not ask for. */
  mpint(what: string): Buffer {
    const bytes = this.string()
    const [first, second] = bytes
    if (first === undefined || first >= 0x80) throw this.fail(`${what} is not a positive number`)
    if (first !== 0) return bytes
    if (second === undefined || second < 0x80) throw this.fail(`${what} has leading zeros`)
    return bytes.subarray(1)
  }

  /** A reader of the next string's contents. */
  nested(): WireReader {
    return new WireReader(this.string(), this.#malformed)
  }

  /** Refuses anything left over. */
  end(what: string): void {
    if (this.remaining > 0) throw this.fail(`${what} is followed by ${this.remaining} bytes that do not belong to it`)
  }

  fail(why: string): Error {
    return this.#malformed(why)
  }
}

export function u8(value: number): Buffer {
  return Buffer.from([value])
}

export function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}

export function u64(value: bigint): Buffer {
  const bytes = Buffer.alloc(8)
  bytes.writeBigUInt64BE(value)
  return bytes
}

export function string(value: string | Uint8Array): Buffer {
  const bytes = typeof value === 'string' ? Buffer.from(value, 'utf8') : value
  return Buffer.concat([u32(bytes.length), bytes])
}

/** A positive number, given as big-endian bytes of any padding. */
export function mpint(value: Uint8Array): Buffer {
  let start = 0
  while (start < value.length && value[start] === 0) start++
  const trimmed = value.subarray(start)
  const needsSign = (trimmed[0] ?? 0) >= 0x80
  return string(needsSign ? Buffer.concat([u8(0), trimmed]) : trimmed)
}

export function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}
