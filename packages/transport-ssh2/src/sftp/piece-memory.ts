/** Holds one answer with a piece of a file: what we ask for at once, and the fields around it. */
const pieceBytes = 65_792

/**
 * Memory for the pieces of files that come, used again and again. What is taken and not given back is the garbage
 * collector's.
 */
export class PieceMemory {
  readonly #free: Buffer[] = []
  readonly #lent = new WeakSet<ArrayBufferLike>()

  /** For one packet. Packets much shorter than a piece, and longer ones, get memory of their own. */
  take(length: number): Buffer {
    if (length > pieceBytes || length < pieceBytes / 4) return Buffer.allocUnsafe(length)
    const memory = this.#free.pop() ?? Buffer.allocUnsafeSlow(pieceBytes)
    this.#lent.add(memory.buffer)
    return memory.subarray(0, length)
  }

  /** Takes back the memory that a view lies in, if it was lent here. */
  giveBack({ buffer }: Uint8Array): void {
    if (this.#lent.delete(buffer)) this.#free.push(Buffer.from(buffer))
  }

  /** Keeps nothing in hand for the next one. */
  clear(): void {
    this.#free.length = 0
  }
}
