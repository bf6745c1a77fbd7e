/** One thing to time: runs once per sample, and throws when it could not do its work. */
export type Subject = () => Promise<void>

/** Milliseconds since some moment. */
export type Clock = () => number

const wallClock: Clock = () => Number(process.hrtime.bigint()) / 1e6

/** What this process has had of the processors: for work that waits for nothing, on a machine that others use too. */
export const cpuClock: Clock = () => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

/** What {@link compare} measures. */
export type Comparison<Name extends string> = {
  /** Samples kept per subject. */
  readonly rounds: number
  readonly subjects: Readonly<Record<Name, Subject>>
  /** Samples thrown away before the first kept one (default: a tenth of the rounds, at least one). */
  readonly warmup?: number
  /** Runs before each sample and is not measured. */
  readonly before?: () => void
  /** What is measured (default: time on the wall). */
  readonly clock?: Clock
  /** What is made of a subject's samples (default: their median). */
  readonly reduce?: (samples: readonly number[]) => number
}

/** The median of each subject's samples, or what else was asked for, in milliseconds. */
export type Medians<Name extends string = string> = Readonly<Record<Name, number>>

/** A bare number is an upper bound; `atLeast` a lower one. */
export type Target = number | { readonly atLeast: number }

/** The middle value; of an even count, the mean of the two in the middle. Throws for an empty list. */
export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b)
  const upper = sorted[sorted.length >> 1]
  const lower = sorted[(sorted.length - 1) >> 1]
  if (upper === undefined || lower === undefined) throw new Error('no values to take a median of')
  return (upper + lower) / 2
}

/** The least of the samples: what a subject takes when nothing comes between. */
export const least = (samples: readonly number[]): number => Math.min(...samples)

/**
 * Times subjects against each other in one process.
 * Each round runs every subject once, and each round begins with another one, so that a machine that slows down in the
 * middle slows all of them alike: what is worth reading is the ratio of two medians, not either of them.
 */
export const compare = async <Name extends string>(comparison: Comparison<Name>): Promise<Medians<Name>> => {
  const { rounds, subjects, before = () => {}, clock = wallClock, reduce = median } = comparison
  const warmup = comparison.warmup ?? Math.max(1, Math.ceil(rounds / 10))
  const entries: { name: string; subject: Subject; samples: number[] }[] = []
  for (const [name, subject] of Object.entries<Subject>(subjects)) entries.push({ name, subject, samples: [] })
  for (let round = -warmup; round < rounds; round++) {
    const first = (round + warmup) % entries.length
    for (const entry of [...entries.slice(first), ...entries.slice(0, first)]) {
      before()
      const start = clock()
      await entry.subject()
      if (round >= 0) entry.samples.push(clock() - start)
    }
  }
  // Object.fromEntries forgets the keys; they are those of `subjects`.
  return Object.fromEntries(entries.map(({ name, samples }) => [name, reduce(samples)])) as Medians<Name>
}

/**
 * How times grow with sizes: 1 when they grow alike, 2 when four times the size takes sixteen times as long. The slope of
 * the line that lies nearest to their logarithms.
 */
export const growthExponent = (points: readonly (readonly [size: number, time: number])[]): number => {
  const logs = points.map(([size, time]) => [Math.log(size), Math.log(time)] as const)
  const meanOf = (index: 0 | 1): number => logs.reduce((sum, log) => sum + log[index], 0) / logs.length
  const [meanSize, meanTime] = [meanOf(0), meanOf(1)]
  const spread = logs.reduce((sum, [size]) => sum + (size - meanSize) ** 2, 0)
  return logs.reduce((sum, [size, time]) => sum + (size - meanSize) * (time - meanTime), 0) / spread
}

/** Prints absolute medians, as context beside a ratio; they say as much about the machine as about the code. */
export const printMedians = (medians: Medians): void => {
  for (const [name, ms] of Object.entries(medians)) console.log(`  ${name.padEnd(32)} ${ms.toFixed(3)} ms (median)`)
}

/** Prints one ratio beside its target. A missed target makes the process exit 1. Returns whether it was met. */
export const printRatio = (label: string, ratio: number, target: Target): boolean => {
  const [sign, bound] = typeof target === 'number' ? (['<=', target] as const) : (['>=', target.atLeast] as const)
  const met = sign === '<=' ? ratio <= bound : ratio >= bound
  if (!met) process.exitCode = 1
  console.log(`${met ? 'ok    ' : 'MISSED'} ${label}: ${ratio.toFixed(2)} (target ${sign} ${bound})`)
  return met
}
