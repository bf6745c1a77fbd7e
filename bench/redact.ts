import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { createRedactor } from '@sshmcp/redact'
import { compare, cpuClock, growthExponent, least, printMedians, printRatio, type Subject } from './measure.ts'
import { firstVersion, npmRedact, secretlint } from './redact/anchors.ts'
import { hostile, ordinary, varied } from './redact/inputs.ts'

const chunkSize = 65_536
const redactor = createRedactor()

/** Pieces as a decoder gives them: each a string of its own. */
const cut = (text: string): readonly string[] =>
  Array.from({ length: Math.ceil(text.length / chunkSize) }, (_, index) =>
    Buffer.from(text.slice(index * chunkSize, (index + 1) * chunkSize)).toString(),
  )

function read(chunks: readonly string[]): number {
  const stream = redactor.stream()
  let length = 0
  for (const chunk of chunks) length += stream.write(chunk).length
  return length + stream.end().length
}

const wanted = (length: number): void => {
  if (length === 0) throw new Error('nothing came out')
}

/** Ordinary output, in pieces of 64 KB, beside three others that read the same pieces. */
async function speed(): Promise<void> {
  const chunks = cut(ordinary(4 * 1024 * 1024))
  const medians = await compare({
    rounds: 25,
    warmup: 5,
    clock: cpuClock,
    subjects: {
      ours: async () => wanted(read(chunks)),
      'the first five patterns': async () => wanted(chunks.reduce((sum, chunk) => sum + firstVersion(chunk).length, 0)),
      '@npmcli/redact': async () => wanted(chunks.reduce((sum, chunk) => sum + npmRedact(chunk).length, 0)),
      'secretlint recommended': linted(chunks),
    },
  })
  printMedians(medians)
  const fastest = Math.min(medians['the first five patterns'], medians['@npmcli/redact'])
  printRatio('ordinary output, speed beside the fastest of the others', fastest / medians.ours, { atLeast: 1 })
  printRatio('ordinary output, speed beside secretlint', medians['secretlint recommended'] / medians.ours, {
    atLeast: 3,
  })
}

const large = 10_000_000
const sizes = [1_000_000, 2_500_000, 5_000_000, large]

/** Inputs made to be slow: how time grows from 1 to 10 MB, and how long secretlint takes for the same. */
async function hostility(): Promise<void> {
  let worstExponent = 0
  let worstRatio = 0
  for (const [name, make] of Object.entries(hostile)) {
    const subjects: Record<string, Subject> = { theirs: linted(cut(make(large))) }
    for (const size of sizes) subjects[size] = repeated(cut(make(size)), large / size)
    const times = await compare({ rounds: 7, clock: cpuClock, reduce: least, subjects })
    // As much was read at each size, so that what comes between weighs the same in all.
    const perText = sizes.map((size) => [size, (times[size] ?? 0) / (large / size)] as const)
    const exponent = growthExponent(perText)
    const [ours = 0, theirs = 0] = [times[large], times.theirs]
    worstExponent = Math.max(worstExponent, exponent)
    worstRatio = Math.max(worstRatio, ours / theirs)
    console.log(
      `  ${name.padEnd(32)} ${(large / 1000 / ours).toFixed(0).padStart(5)} MB/s, exponent ${exponent.toFixed(2)}, ${(ours / theirs).toFixed(2)} x secretlint's time`,
    )
  }
  printRatio('hostile input, worst growth exponent from 1 to 10 MB', worstExponent, 1.1)
  printRatio("hostile input, worst time beside secretlint's", worstRatio, 1)
}

const repeated = (chunks: readonly string[], times: number): Subject => {
  return async () => {
    for (let count = 0; count < times; count++) wanted(read(chunks))
  }
}

const linted = (chunks: readonly string[]): Subject => {
  return async () => {
    for (const chunk of chunks) await secretlint(chunk)
  }
}

/** Texts in which each piece is a secret of its own, or nearly: they cost most, but no more for being long. */
async function growth(): Promise<void> {
  const most = 1_000_000
  let worst = 0
  for (const [name, make] of Object.entries(varied)) {
    const subjects: Record<string, Subject> = {}
    const lengths = [most / 8, most / 4, most / 2, most]
    for (const length of lengths) subjects[length] = repeated(cut(make(length)), most / length)
    const times = await compare({ rounds: 3, clock: cpuClock, reduce: least, subjects })
    const exponent = growthExponent(lengths.map((length) => [length, (times[length] ?? 0) / (most / length)] as const))
    worst = Math.max(worst, exponent)
    const speed = most / 1000 / (times[most] ?? 0)
    console.log(`  ${name.padEnd(32)} ${speed.toFixed(1).padStart(5)} MB/s, exponent ${exponent.toFixed(2)}`)
  }
  printRatio('nothing but secrets, worst growth exponent to 1 MB', worst, 1.1)
}

/** Memory that stays after 1 MB and after 64 MB of one endless line. */
function memory(): void {
  setFlagsFromString('--expose-gc')
  const collect: unknown = runInNewContext('gc')
  if (typeof collect !== 'function') throw new Error('this program cannot collect its garbage')
  const chunk = Buffer.from('password=abc def '.repeat(4096)).toString()
  const stream = redactor.stream()
  const after = (count: number): number => {
    for (let index = 0; index < count; index++) stream.write(chunk)
    collect()
    return process.memoryUsage().heapUsed
  }
  const [early, late] = [after(16), after(900)]
  printRatio('memory after 64 MB of one line beside 1 MB', late / early, 1.2)
}

export async function run(): Promise<void> {
  await speed()
  await hostility()
  await growth()
  memory()
}
