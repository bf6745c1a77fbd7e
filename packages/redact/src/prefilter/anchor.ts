import type { Rarity } from './rarity.ts'
import type { Side } from './window.ts'

/** Anchors are sought in this much of a literal, so that nobody has to look far behind where one begins. */
export const anchorReach = 16

/** A pair of characters in a literal and those next to it: where these are met, the literal may be. */
export interface Anchor {
  /** From where the literal begins to its pair. */
  readonly offset: number
  readonly side: Side
}

/** The most of its neighbours that the literal has: the more there are, the rarer they are met. */
function sideAt(text: string, offset: number): Side {
  if (offset + 3 > text.length) return 'before'
  return offset === 0 ? 'behind' : 'both'
}

/** What it costs to look at a window, and at a literal. */
const [windowCost, literalCost] = [3, 30]

/**
 * Two anchors of a literal, one at an even distance from where it begins and one at an odd: the pairs of a text are
 * looked at two by two. Those are chosen that are met least; a pair that is some anchor's already costs nothing more.
 */
export function anchorsOf(text: string, rarity: Rarity, isTaken: (pair: string) => boolean): readonly Anchor[] {
  if (text.length < 3) throw new RangeError('a literal has at least three characters')
  const cheapest = (parity: number): Anchor => {
    let best = parity
    let least = Number.POSITIVE_INFINITY
    for (let offset = parity; offset + 2 <= Math.min(text.length, anchorReach); offset += 2) {
      const pairCost = isTaken(text.slice(offset, offset + 2)) ? 0 : windowCost * rarity.ofPair(offset)
      if (pairCost >= least) continue
      const side = sideAt(text, offset)
      const [from, to] = [side === 'behind' ? offset : offset - 1, side === 'before' ? offset + 2 : offset + 3]
      const cost = pairCost + literalCost * rarity.ofWindow(from, to)
      if (cost >= least) continue
      best = offset
      least = cost
    }
    return { offset: best, side: sideAt(text, best) }
  }
  return [cheapest(0), cheapest(1)]
}
