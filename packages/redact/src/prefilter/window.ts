// How a text lies in memory while it is looked at: a byte for each character, seven bits of its code.

/** What of a window is looked at: its first character, its last, or both beside the pair in its middle. */
export type Side = 'both' | 'behind' | 'before'

/** Which of four characters, the first in the lowest byte, each side has, and of those the bits that no case changes. */
export const sideMasks: Readonly<Record<Side, number>> = { both: 0x5f5f_5f5f, behind: 0x5f5f_5f00, before: 0x5f_5f5f }

const hashBits = 15
export const hashSize = 1 << hashBits

/** The place of a masked window in a table of {@link hashSize}. */
export const hashOf = (masked: number): number => Math.imul(masked, 0x9e37_79b1) >>> (32 - hashBits)

/** Four characters from `at` on, as a DataView would read them; what is not there counts as zero. */
export function windowAt(text: string, at: number): number {
  let window = 0
  for (let index = at + 3; index >= at; index--) window = (window << 8) | (text.charCodeAt(index) & 127)
  return window
}

const isLittleEndian = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1

const otherCase = (code: number): number => ((code | 32) >= 97 && (code | 32) <= 122 ? code ^ 32 : code)

/** The pair as a Uint16Array of this machine reads it, in each case it may have. */
export function wordsOf(pair: string, exact: boolean): readonly number[] {
  const [low, high] = isLittleEndian ? [0, 1] : [1, 0]
  const [first, second] = [pair.charCodeAt(low) & 127, pair.charCodeAt(high) & 127]
  const word = first | (second << 8)
  if (exact) return [word]
  const [other, otherSecond] = [otherCase(first), otherCase(second) << 8]
  return [word, other | (second << 8), first | otherSecond, other | otherSecond]
}
