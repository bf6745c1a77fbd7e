import { createHash, hash } from 'node:crypto'

/** What the first entry names as the one before it. */
export const genesis = '0'.repeat(64)

const leafPrefix = Uint8Array.of(0)

/** The hash of one line without its newline, in hex: the leaf hash of RFC 6962, SHA-256 of a zero byte and the bytes. */
export function leafOf(line: Uint8Array): string {
  const leaf = Buffer.allocUnsafe(line.length + 1)
  leaf[0] = 0
  leaf.set(line, 1)
  return hash('sha256', leaf, 'hex')
}

/** `leafOf` for a line that comes in pieces. */
export class LeafHash {
  readonly #hash = createHash('sha256').update(leafPrefix)
  #bytes = 0

  update(piece: Uint8Array): void {
    this.#hash.update(piece)
    this.#bytes += piece.length
  }

  /** Bytes hashed so far. */
  get bytes(): number {
    return this.#bytes
  }

  /** The leaf in hex; the hash takes no more after this. */
  digest(): string {
    return this.#hash.digest('hex')
  }
}
