import { isBodyLine, isShortBodyLine } from './scan/private-key.ts'
import { placeholder } from './spans.ts'

/** Lines of base64 that are kept back: an end marker would make them a private key. */
const heldLines = 200

/** Masks what of the lines is base64. */
export const maskLines = (text: string): string => text.replace(/[A-Za-z0-9+/=]+/g, placeholder('private-key'))

/** Where the base64 lines that end at `end` begin. */
export function keyTail(text: string, end: number, floor: number): number {
  let at = end
  let bodies = 0
  for (let count = 0; count < heldLines && at > floor; count++) {
    const start = Math.max(floor, text.lastIndexOf('\n', at - 2) + 1)
    const line = text.slice(start, at)
    const body = isBodyLine(line)
    if (!body && !(count === 0 && isShortBodyLine(line))) break
    if (body) bodies++
    at = start
  }
  // A short line alone is not kept back, so that it cannot be a key's either.
  return bodies === 0 ? end : at
}

/** Whole lines from `from` to `end`; those before `known` are `knownCount` that may be the end of a private key. */
interface Lines {
  readonly from: number
  readonly end: number
  readonly known: number
  readonly knownCount: number
}

/** Where the lines begin that have to be kept back, and how many they are. */
export function tailStart(text: string, { from, end, known, knownCount }: Lines): readonly [number, number] {
  let at = end
  let count = 0
  let bodies = 0
  while (at > known) {
    // More would not be kept.
    if (count >= heldLines) return [at, count]
    const start = Math.max(from, text.lastIndexOf('\n', at - 2) + 1)
    const line = text.slice(start, at)
    const body = isBodyLine(line)
    if (!body && !(count === 0 && isShortBodyLine(line))) break
    if (body) bodies++
    count++
    at = start
  }
  if (at <= known) {
    at = from
    count += knownCount
    bodies += knownCount
  }
  if (bodies === 0) return [end, 0]
  while (count > heldLines) {
    at = text.indexOf('\n', at) + 1
    count--
  }
  return [at, count]
}
