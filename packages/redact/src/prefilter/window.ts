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

const otherCase = (code: number): number => ((code | 32) >= 97 && (code | 32) <= 122 ? code ^ 32 : code)

/** The pair as a Uint16Array of this machine reads it, in each case it may have. */
export function wordsOf(pair: string, exact: boolean): readonly number[] {
  const [first, second] = [pair.charCodeAt(0) & 127, pair.charCodeAt(1) & 127]
  const pairs = [[first, second]]
  if (!exact) {
    pairs.push([otherCase(first), second], [first, otherCase(second)], [otherCase(first), otherCase(second)])
  }
  return pairs.map((pair) => new Uint16Array(Uint8Array.from(pair).buffer)[0] ?? 0)
}
