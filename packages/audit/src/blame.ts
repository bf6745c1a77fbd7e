import type { AuditSource } from './audit-store.ts'
import { linePrefix } from './entry-line.ts'
import type { FirstBad } from './verify-report.ts'

/** Where a line stands. */
export interface Place {
  readonly segment: string
  readonly offset: number
  readonly length: number
}

/** A well-formed line that does not follow. */
interface Stranger {
  /** The number that it gives itself. */
  readonly seq: number
  readonly leaf: string
  readonly place: Place
  /** How far the chain was followed; where lines began that are no entries, if there were any since. */
  readonly at: { readonly size: number; readonly voidsFrom: number | undefined }
  /** The leaf that a checkpoint kept outside gives for a size. */
  readonly claimed: (size: number) => string | undefined
}

/** Which entry is to blame when a well-formed line does not follow: it, or the one before? */
export async function blame(source: AuditSource, { seq, leaf, place, at, claimed }: Stranger): Promise<FirstBad> {
  const { size, voidsFrom } = at
  const { segment, offset } = place
  const bad = (seq: number, problem: FirstBad['problem']): FirstBad => ({ seq, segment, offset, problem })
  if (voidsFrom !== undefined) return bad(voidsFrom, 'changed')
  if (seq !== size) return bad(size, 'missing or out of order')
  const isItselfWhole = ((await leafSaidAfter(source, place)) ?? claimed(size + 1)) === leaf
  return bad(isItselfWhole && size > 0 ? size - 1 : size, 'changed')
}

/** What the line after this place says this line's leaf is. */
async function leafSaidAfter(source: AuditSource, place: Place): Promise<string | undefined> {
  const inSegment = linePrefix(await source.read(place.segment, place.offset + place.length + 1, 200))
  if (inSegment !== undefined) return inSegment.prev
  const next = (await source.segments()).find((segment) => segment.name > place.segment)
  const inNext = next === undefined ? undefined : linePrefix(await source.read(next.name, 0, 200))
  return inNext?.prev
}
