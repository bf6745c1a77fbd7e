import { Spans } from './spans.ts'

/** Shorter texts are read as they are. */
const shortestRun = 2048
/** What of a run is read: this much, and what repeats four times. */
const keptOf = (period: number): number => Math.max(256, 4 * period)
const longestPeriod = 256
const probeLength = 64
const block = 1024

/** A stretch in which the same few characters stand over and over: `=` signs, zeros, a text made to be slow. */
interface Run {
  readonly from: number
  readonly to: number
  readonly period: number
}

/** The run that begins at `from`, or near it. */
function runAt(text: string, from: number): Run | undefined {
  const probe = text.slice(from, from + probeLength)
  const again = text.slice(from + 1, from + 1 + longestPeriod + probeLength).indexOf(probe)
  if (probe.length < probeLength || again < 0) return undefined
  const period = again + 1
  let to = from + period
  for (let size = block; size >= 1; size >>= 1) {
    while (to + size <= text.length && text.slice(to, to + size) === text.slice(to - period, to - period + size))
      to += size
  }
  return to - from >= shortestRun ? { from, to, period } : undefined
}

/** The runs of a text, from left to right. */
function runsOf(text: string): readonly Run[] {
  const runs: Run[] = []
  for (let at = 0; at + shortestRun <= text.length; ) {
    const run = runAt(text, at)
    if (run !== undefined) runs.push(run)
    at = run?.to ?? at + shortestRun / 2
  }
  return runs
}

/** What was left out of a run: `to - from` characters of the whole text at `place` of the shortened one. */
interface Gap {
  readonly from: number
  readonly to: number
  /** Where the part of the run begins and ends that is still there, and where the rest stood. */
  readonly runStart: number
  readonly place: number
  readonly runEnd: number
}

/** A text whose runs are shortened, and the way back. */
export interface Folded {
  readonly text: string
  /** Spans of the short text as spans of the whole. Where anything of a run is masked, all that was left out is. */
  readonly unfold: (spans: Spans) => Spans
}

/**
 * Leaves out what only repeats: a secret in it stands in the part that stays as well, so that a text made of nothing
 * but names and marks costs as much as its first few hundred characters.
 */
export function foldRuns(text: string): Folded {
  const runs = text.length < shortestRun ? [] : runsOf(text)
  if (runs.length === 0) return { text, unfold: (spans) => spans }
  const gaps: Gap[] = []
  let short = ''
  let done = 0
  for (const { from, to, period } of runs) {
    const kept = keptOf(period)
    const left = Math.floor((to - from - kept) / period) * period
    short += text.slice(done, from + kept / 2)
    done = from + kept / 2 + left
    const place = short.length
    gaps.push({ from: done - left, to: done, runStart: place - kept / 2, place, runEnd: place + to - done })
  }
  return { text: short + text.slice(done), unfold: (spans) => unfold(spans, gaps) }
}

function unfold(spans: Spans, gaps: readonly Gap[]): Spans {
  if (spans.empty) return spans
  const whole = new Spans()
  const found = spans.merged()
  const shift = (position: number): number => {
    let moved = position
    for (const gap of gaps) if (gap.place <= position) moved += gap.to - gap.from
    return moved
  }
  for (const span of found) whole.put({ ...span, start: shift(span.start), end: shift(span.end - 1) + 1 })
  for (const gap of gaps) {
    const inside = found.find((span) => span.start < gap.runEnd && span.end > gap.runStart)
    if (inside !== undefined) whole.add(gap.from, gap.to, inside.rule)
  }
  return whole
}
