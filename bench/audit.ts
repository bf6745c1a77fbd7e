import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, fdatasyncSync, mkdirSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import {
  type AuditEvent,
  canonicalJson,
  type Journal,
  leafOf,
  linesForward,
  openJournal,
  readEvents,
  verifyChain,
} from '@sshmcp/audit'
import { systemClock } from '@sshmcp/kernel'
import { FileAuditSource, openAuditKey, openFileAuditStore } from '@sshmcp/store-file'
import { compare, median, printMedians, printRatio } from './measure.ts'

/** On the disk of the checkout: a folder in memory has no flush to compare with. */
const home = (): string => mkdtempSync(join(process.cwd(), 'node_modules', '.sshmcp-bench-'))

const event = (at: number): AuditEvent => ({
  kind: 'intent',
  operation_id: `op_${String(at).padStart(12, '0')}`,
  client: { name: 'Visual Studio Code', version: '1.112.0' },
  user_id: 'local:alice',
  tool: 'run_ssh_command',
  host_id: 'web-1',
  template_id: 'tail_log',
  command: 'tail -n 200 /var/log/nginx/access.log',
})

const openOn = async (folder: string): Promise<Journal> =>
  openJournal({
    store: await openFileAuditStore({ dir: join(folder, 'audit_logs') }),
    clock: systemClock,
    redactValue: (value) => value,
    writer: { version: '1.0.0', pid: process.pid },
    signer: openAuditKey(join(folder, 'keys', 'audit.key')),
  })

/** Pairs, so that nothing stays open in the ledger. */
async function fill(journal: Journal, from: number, count: number, inFlight: number): Promise<void> {
  let next = from
  const lane = async (): Promise<void> => {
    for (let at = next++; at < from + count; at = next++) {
      await journal.append(at % 2 === 0 ? event(at) : { ...event(at - 1), kind: 'outcome', status: 'ok', exit_code: 0 })
    }
  }
  await Promise.all(Array.from({ length: inFlight }, lane))
}

/** What everything is measured against: one line, one flush. */
function floor(folder: string): { readonly append: (count: number) => void; readonly close: () => void } {
  const fd = openSync(join(folder, 'floor'), 'a', 0o600)
  const line = Buffer.from(`${'x'.repeat(320)}\n`)
  return {
    append: (count) => {
      for (let at = 0; at < count; at++) {
        writeSync(fd, line)
        fdatasyncSync(fd)
      }
    },
    close: () => closeSync(fd),
  }
}

async function oneProcess(folder: string): Promise<void> {
  const journal = await openOn(folder)
  const bare = floor(folder)
  let next = 0
  const some = async (count: number, inFlight: number): Promise<void> => {
    next += count
    await fill(journal, next - count, count, inFlight)
  }
  const many = await compare({
    rounds: 15,
    subjects: {
      '640 entries, 64 in flight': async () => some(640, 64),
      '640 lines, each flushed': async () => bare.append(640),
    },
  })
  printMedians(many)
  const alone = await compare({
    rounds: 400,
    subjects: {
      'one entry alone': async () => some(1, 1),
      'one line, flushed': async () => bare.append(1),
    },
  })
  printMedians(alone)
  printRatio(
    'entries with 64 in flight, to one flush per line',
    many['640 lines, each flushed'] / many['640 entries, 64 in flight'],
    { atLeast: 5 },
  )
  printRatio('one entry alone (p50), to one flush', alone['one entry alone'] / alone['one line, flushed'], 2)
  bare.close()
  await journal.close()
}

const program = fileURLToPath(new URL('../packages/store-file/test/programs/append.ts', import.meta.url))

async function line(child: ChildProcess): Promise<string> {
  const [chunk] = await once(child.stdout ?? child, 'data')
  return String(chunk)
}

async function manyProcesses(folder: string): Promise<void> {
  const bare = floor(folder)
  const ratios: number[] = []
  const shares: number[] = []
  for (let round = 0; round < 3; round++) {
    const children = Array.from({ length: 8 }, (_, at) =>
      spawn(
        process.execPath,
        [
          '--conditions=source',
          program,
          join(folder, 'audit_logs'),
          join(folder, 'keys', 'audit.key'),
          `p${at}`,
          '4000',
          '64',
        ],
        {
          stdio: ['pipe', 'pipe', 'inherit'],
        },
      ),
    )
    await Promise.all(children.map(line))
    const flushes = 1_000
    const before = performance.now()
    bare.append(flushes)
    const floorRate = flushes / (performance.now() - before)
    const results = children.map(line)
    for (const child of children) child.stdin?.write('go\n')
    const times = (await Promise.all(results)).map((text) => Number(/"ms":([0-9.]+)/.exec(text)?.[1]))
    await Promise.all(children.map((child) => (child.exitCode === null ? once(child, 'exit') : undefined)))
    const rates = times.map((ms) => 4_000 / ms)
    ratios.push(32_000 / Math.max(...times) / floorRate)
    shares.push(Math.min(...rates) / (rates.reduce((sum, rate) => sum + rate, 0) / rates.length))
  }
  bare.close()
  printRatio('8 processes together, to one flush per line', median(ratios), { atLeast: 2 })
  printRatio('the slowest of 8 processes, to their mean', median(shares), { atLeast: 0.5 })
}

async function verifying(folder: string): Promise<void> {
  const source = new FileAuditSource(join(folder, 'audit_logs'))
  const trusted = openAuditKey(join(folder, 'keys', 'audit.key'))
  const times = await compare({
    rounds: 5,
    subjects: {
      verify: async () => {
        const report = await verifyChain(source, { trusted })
        if (!report.isIntact) throw new Error(report.verdict)
      },
      'parse and canonicalise': async () => {
        const lines: AsyncIterable<{ readonly line: Buffer }> = linesForward(source)
        for await (const { line } of lines) leafOf(Buffer.from(canonicalJson(JSON.parse(line.toString('utf8')))))
      },
    },
  })
  printMedians(times)
  printRatio('verifying, to parsing and canonicalising', times['parse and canonicalise'] / times.verify, { atLeast: 5 })
}

/** A journal of this many entries, made in big steps; the disk it stands on is not what is measured. */
async function journalOf(folder: string, entries: number): Promise<void> {
  const journal = await openOn(folder)
  await fill(journal, 0, entries, 256)
  await journal.close()
}

const memoryProgram = (folder: string): string => `
  import { verifyAudit } from '@sshmcp/store-file'
  const report = await verifyAudit(${JSON.stringify(join(folder, 'audit_logs'))})
  if (report.verdict !== 'OK_SIGNED') throw new Error(report.verdict)
  console.log(process.resourceUsage().maxRSS)
`

/** The most memory that verifying takes, in a process of its own. */
function memoryOf(folder: string): number {
  const args = ['--conditions=source', '--input-type=module', '--eval', memoryProgram(folder)]
  const { stdout, status } = spawnSync(process.execPath, args, { encoding: 'utf8', cwd: join(program, '../../..') })
  if (status !== 0) throw new Error('verifying failed')
  return Number(stdout)
}

/** Whatever the length: starting, reading the end, and the memory of a verification. */
async function growth(home: string): Promise<void> {
  // SSHMCP_BENCH_LARGE=1 compares 1 M with 5 M entries: 2.5 GB, some minutes to write.
  const isLarge = process.env.SSHMCP_BENCH_LARGE === '1'
  const [small, large] = [join(home, 'small'), join(home, 'large')]
  const [few, many] = isLarge ? [1_000_000, 5_000_000] : [40_000, 200_000]
  const tiny = join(home, 'tiny')
  for (const [folder, entries] of [
    [tiny, 1_000],
    [small, few],
    [large, many],
  ] as const) {
    mkdirSync(folder)
    await journalOf(folder, entries)
  }
  const reopen = (folder: string) => async (): Promise<void> => (await openOn(folder)).close()
  const last = (folder: string) => async (): Promise<void> => {
    const found = await readEvents(new FileAuditSource(join(folder, 'audit_logs')), { lastN: 50 })
    if (found.length !== 50) throw new Error('too few')
  }
  const times = await compare({
    rounds: 40,
    subjects: {
      'open 1,000': reopen(tiny),
      'open many': reopen(large),
      'last 50 of 1,000': last(tiny),
      'last 50 of many': last(large),
    },
  })
  printMedians(times)
  printRatio(`opening ${many} entries, to opening 1,000`, times['open many'] / times['open 1,000'], 5)
  printRatio(`the last 50 of ${many}, to those of 1,000`, times['last 50 of many'] / times['last 50 of 1,000'], 5)
  const memory = [0, 1, 2].map(() => memoryOf(large) / memoryOf(small))
  printRatio(`memory of verifying ${many} entries, to ${few}`, median(memory), 1.2)
}

/** Times and memory of the journal, as ratios to what the disk or a plain reader needs in the same run. */
export async function run(): Promise<void> {
  const folder = home()
  try {
    await oneProcess(folder)
    await manyProcesses(folder)
    await verifying(folder)
    await growth(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
