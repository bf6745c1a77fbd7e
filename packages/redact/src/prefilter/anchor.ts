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

/** How far a window reaches from the pair's first character. */
interface Window {
  readonly side: Side
  readonly before: number
  readonly behind: number
}

const windows: readonly Window[] = [
  { side: 'both', before: 1, behind: 3 },
  { side: 'behind', before: 0, behind: 3 },
  { side: 'before', before: 1, behind: 2 },
]

/** What it costs to look at a window, and at a literal. */
const [windowCost, literalCost] = [3, 30]

/**
 * Two anchors of a literal, one at an even distance from where it begins and one at an odd: the pairs of a text are
 * looked at two by two. Those are chosen that are met least; a pair that is some anchor's already costs nothing more.
 */
export function anchorsOf(text: string, rarity: Rarity, isTaken: (pair: string) => boolean): readonly Anchor[] {
  const cheapest = (parity: number): Anchor => {
    let best: Anchor | undefined
    let least = Number.POSITIVE_INFINITY
    for (let offset = parity; offset + 2 <= Math.min(text.length, anchorReach); offset += 2) {
      const pairCost = isTaken(text.slice(offset, offset + 2)) ? 0 : windowCost * rarity.ofPair(offset)
      for (const { side, before, behind } of windows) {
        if (offset < before || offset + behind > text.length) continue
        const cost = pairCost + literalCost * rarity.ofWindow(offset - before, offset + behind)
        if (cost >= least) continue
        best = { offset, side }
        least = cost
      }
    }
    if (best === undefined) throw new RangeError('a literal has at least three characters')
    return best
  }
  return [cheapest(0), cheapest(1)]
}
