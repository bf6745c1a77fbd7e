import { createRedactor } from '@sshmcp/redact'
import { compare, printMedians, printRatio } from './measure.ts'
import { firstVersion, npmRedact, secretlint } from './redact/anchors.ts'
import { hostile, ordinary } from './redact/inputs.ts'

const chunkSize = 65_536
const redactor = createRedactor()

/** Pieces as a decoder gives them: each a string of its own. */
const cut = (text: string): readonly string[] =>
  Array.from({ length: Math.ceil(text.length / chunkSize) }, (_, index) =>
    Buffer.from(text.slice(index * chunkSize, (index + 1) * chunkSize)).toString(),
  )

function ours(chunks: readonly string[]): number {
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
    rounds: 15,
    warmup: 5,
    subjects: {
      ours: async () => wanted(ours(chunks)),
      'the first five patterns': async () => wanted(chunks.reduce((sum, chunk) => sum + firstVersion(chunk).length, 0)),
      '@npmcli/redact': async () => wanted(chunks.reduce((sum, chunk) => sum + npmRedact(chunk).length, 0)),
      'secretlint recommended': async () => {
        for (const chunk of chunks) await secretlint(chunk)
      },
    },
  })
  printMedians(medians)
  const fastest = Math.min(medians['the first five patterns'], medians['@npmcli/redact'])
  printRatio('ordinary output, speed beside the fastest of the others', fastest / medians.ours, { atLeast: 1 })
  printRatio('ordinary output, speed beside secretlint', medians['secretlint recommended'] / medians.ours, {
    atLeast: 3,
  })
}

/** Milliseconds that this thread computed: what else the machine does is no property of the input. */
const timeOf = async (work: () => unknown): Promise<number> => {
  const start = process.threadCpuUsage()
  await work()
  const { user, system } = process.threadCpuUsage(start)
  return (user + system) / 1000
}

/** The best of five of each, taken in turns. */
async function bestOf(works: readonly (() => unknown)[]): Promise<readonly number[]> {
  const best = works.map(() => Number.POSITIVE_INFINITY)
  for (let round = 0; round < 5; round++) {
    for (const [index, work] of works.entries()) best[index] = Math.min(best[index] ?? 0, await timeOf(work))
  }
  return best
}

const small = 1_000_000
const large = 10_000_000

/** Inputs made to be slow: how time grows from 1 to 10 MB, and how long secretlint takes for the same. */
async function hostility(): Promise<void> {
  let worstExponent = 0
  let worstRatio = 0
  for (const [name, make] of Object.entries(hostile)) {
    const [few, many] = [cut(make(small)), cut(make(large))]
    const [short = 0, long = 0, theirs = 0] = await bestOf([
      () => wanted(ours(few)),
      () => wanted(ours(many)),
      async () => {
        for (const chunk of many) await secretlint(chunk)
      },
    ])
    const exponent = Math.log10(long / short)
    worstExponent = Math.max(worstExponent, exponent)
    worstRatio = Math.max(worstRatio, long / theirs)
    console.log(
      `  ${name.padEnd(32)} ${(large / 1000 / long).toFixed(0).padStart(5)} MB/s, exponent ${exponent.toFixed(2)}, ${(long / theirs).toFixed(2)} x secretlint's time`,
    )
  }
  printRatio('hostile input, worst growth exponent from 1 to 10 MB', worstExponent, 1.1)
  printRatio("hostile input, worst time beside secretlint's", worstRatio, 1)
}

/** Memory that stays after 1 MB and after 64 MB of one endless line. */
function memory(): void {
  const chunk = Buffer.from('password=abc def '.repeat(4096)).toString()
  const stream = redactor.stream()
  const after = (count: number): number => {
    for (let index = 0; index < count; index++) stream.write(chunk)
    globalThis.gc?.()
    return process.memoryUsage().heapUsed
  }
  const [early, late] = [after(16), after(900)]
  printRatio('memory after 64 MB of one line beside 1 MB', late / early, globalThis.gc === undefined ? 4 : 1.2)
}

export async function run(): Promise<void> {
  await speed()
  await hostility()
  memory()
}
