import { createRedactor } from '@sshmcp/redact'
import { compare, median, printMedians, printRatio } from './measure.ts'
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

const timeOf = async (work: () => unknown): Promise<number> => {
  const start = process.hrtime.bigint()
  await work()
  return Number(process.hrtime.bigint() - start) / 1e6
}

/** The times of five rounds in which each has its turn: a pause of the machine is no property of the input. */
async function roundsOf(works: readonly (() => unknown)[]): Promise<readonly (readonly number[])[]> {
  const rounds: number[][] = []
  for (let round = 0; round < 5; round++) {
    const times: number[] = []
    for (const work of works) times.push(await timeOf(work))
    rounds.push(times)
  }
  return rounds
}

const small = 1_000_000
const large = 10_000_000

/** Inputs made to be slow: how time grows from 1 to 10 MB, and how long secretlint takes for the same. */
async function hostility(): Promise<void> {
  let worstExponent = 0
  let worstRatio = 0
  for (const [name, make] of Object.entries(hostile)) {
    const [few, many] = [cut(make(small)), cut(make(large))]
    const rounds = await roundsOf([
      // As much work as the large one, so that a pause of the machine weighs the same in both.
      () => {
        for (let count = 0; count < large / small; count++) wanted(ours(few))
      },
      () => wanted(ours(many)),
      async () => {
        for (const chunk of many) await secretlint(chunk)
      },
    ])
    const bestOf = (index: number): number => Math.min(...rounds.map((times) => times[index] ?? 0))
    const [long, theirs] = [bestOf(1), bestOf(2)]
    const exponent = 1 + Math.log10(median(rounds.map(([tenShort = 0, once = 0]) => once / tenShort)))
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
