const prime = 2n ** 255n - 19n
const d = 37095705934669439343138083508754565189542113879843219016388785533085940283555n
/** y of the two points of order 8 (RFC 8032 curve; the other torsion points have y = 0, 1 or -1). */
const orderEightY = 2707385501144840649318225287225658788936804267575313519463743609750303402022n

/**
 * Tells whether 32 bytes are a point that an Ed25519 signature can be trusted with: on the curve, canonical, and not one
 * of the eight points of small order, for which anybody can make signatures.
 */
export function isSoundEd25519Point(bytes: Uint8Array): boolean {
  const y = littleEndian(bytes) & (2n ** 255n - 1n)
  if (y >= prime) return false
  if (y === 0n || y === 1n || y === prime - 1n || y === orderEightY || y === prime - orderEightY) return false
  // x² = (y² - 1) / (d·y² + 1) must be a square; u/v is one exactly when u·v is.
  const ySquared = (y * y) % prime
  const product = (((ySquared + prime - 1n) % prime) * ((d * ySquared + 1n) % prime)) % prime
  return power(product, (prime - 1n) / 2n) === 1n
}

function littleEndian(bytes: Uint8Array): bigint {
  return BigInt(`0x${Buffer.from(bytes).reverse().toString('hex')}`)
}

function power(base: bigint, exponent: bigint): bigint {
  let result = 1n
  let square = base
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if ((rest & 1n) === 1n) result = (result * square) % prime
    square = (square * square) % prime
  }
  return result
}
