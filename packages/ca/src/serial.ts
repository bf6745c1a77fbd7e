/** Fresh random bytes; `node:crypto`'s `randomBytes` outside tests. */
export type Entropy = (byteCount: number) => Uint8Array

/** Serials from first to last, both included. */
export interface SerialRange {
  readonly first: bigint
  readonly last: bigint
}

const randomBits = 20n

/**
 * Serials in order of time: the milliseconds, then 20 random bits. Never 0, unique without a counter that processes
 * would have to share, and everything issued in some minutes is one range of a revocation list. The moment is the caller's,
 * in milliseconds: a clock that is read twice may lie in two of them.
 */
export function serialSource(entropy: Entropy): (nowMs: number) => bigint {
  let last = 0n
  return (nowMs) => {
    const random = BigInt(`0x${Buffer.from(entropy(3)).toString('hex')}`) >> 4n
    const fresh = (BigInt(Math.max(1, Math.trunc(nowMs))) << randomBits) | random
    // Within one millisecond, or when the clock goes back, order is kept by counting on.
    last = fresh > last ? fresh : last + 1n
    return last
  }
}

/** The serials of everything issued between two moments (milliseconds, both included). */
export function serialsBetween(fromMs: number, toMs: number): SerialRange {
  const first = BigInt(Math.max(1, Math.trunc(fromMs))) << randomBits
  return { first, last: ((BigInt(Math.max(1, Math.trunc(toMs))) + 1n) << randomBits) - 1n }
}

/** When a serial of {@link serialSource} was made, in milliseconds. */
export function timeOfSerial(serial: bigint): number {
  return Number(serial >> randomBits)
}
