import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readEvents } from '@sshmcp/audit'
import { FileAuditSource, verifyAudit } from '@sshmcp/store-file'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const program = fileURLToPath(new URL('./programs/guarded.ts', import.meta.url))
const hasStrace = spawnSync('strace', ['-V']).status === 0

let home: string
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'sshmcp-faults-'))
})
afterAll(() => rmSync(home, { recursive: true, force: true }))

interface Run {
  readonly output: string
  readonly signal: NodeJS.Signals | null
}

async function run(wrapper: readonly string[]): Promise<Run> {
  const node = [
    process.execPath,
    '--conditions=source',
    program,
    join(home, 'audit_logs'),
    join(home, 'keys', 'audit.key'),
  ]
  const [command = '', ...args] = [...wrapper, ...node, join(home, 'canary')]
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  child.stdout.on('data', (chunk) => {
    output += String(chunk)
  })
  const hung = setTimeout(() => child.kill('SIGTERM'), 60_000)
  const [, signal] = await once(child, 'close')
  clearTimeout(hung)
  return { output, signal: signal === null ? null : signal }
}

/** Whatever happened: one whole chain, and nothing done whose intent is not in it. */
async function mustBeConsistent(): Promise<void> {
  const report = await verifyAudit(join(home, 'audit_logs'))
  expect(report).toMatchObject({ isIntact: true, firstBad: undefined })
  const source = new FileAuditSource(join(home, 'audit_logs'))
  const intents = new Set(
    (await readEvents(source, { lastN: 10_000, kinds: ['intent'] })).map((entry) => entry.operation_id),
  )
  const done = existsSync(join(home, 'canary'))
    ? readFileSync(join(home, 'canary'), 'utf8').split('\n').slice(0, -1)
    : []
  expect(done.filter((operation) => !intents.has(operation))).toEqual([])
}

/** The files that one commit touches; the name of the next lock file is known in advance. */
function touched(): readonly string[] {
  const dir = join(home, 'audit_logs')
  const highest = Math.max(0, ...readdirSync(join(dir, 'lockd')).map(Number).filter(Number.isInteger))
  const next = [1, 2].map((more) => join(dir, 'lockd', String(highest + more).padStart(15, '0')))
  return [join(dir, '000000000000.jsonl'), join(dir, 'checkpoint'), join(dir, 'lockd'), ...next]
}

/** Runs that noticed their fault: a fault that misses proves nothing. */
const struck = new Set<string>()

const syscalls = [
  'write',
  'pwrite64',
  'fdatasync',
  // libuv asks by one or the other, as the kernel offers.
  'fstat,statx',
  'pread64',
  'openat',
  'getdents64',
  'link',
  'rename',
  'close',
]
const faults = ['error=EIO', 'error=ENOSPC', 'signal=KILL']
const cases = syscalls.flatMap((syscall) => faults.flatMap((fault) => [1, 2].map((when) => ({ syscall, fault, when }))))

describe.skipIf(!hasStrace)('one fault at a time, in each system call of a commit', { timeout: 120_000 }, () => {
  beforeAll(async () => {
    expect((await run([])).output).toBe('first done\nsecond done\n')
  })

  test.each(cases)('$fault in $syscall number $when', async ({ syscall, fault, when }) => {
    const paths = touched().flatMap((path) => ['-P', path])
    const inject = ['-e', `trace=${syscall}`, '-e', `inject=${syscall}:${fault}:when=${when}`]
    const { signal, output } = await run(['strace', '-f', '-qq', '-o', '/dev/null', ...paths, ...inject])
    // SIGTERM would be ours, for hanging.
    expect(signal).not.toBe('SIGTERM')
    if (output !== 'first done\nsecond done\n') struck.add(`${fault} ${syscall}`)
    if (fault !== 'signal=KILL') expect(output).toMatch(/second done|not opened/)
    await mustBeConsistent()
    const after = await run([])
    expect(after.output).toBe('first done\nsecond done\n')
    await mustBeConsistent()
  })

  test('the faults did strike', () => {
    const each = ['write', 'fdatasync', 'fstat,statx', 'pread64', 'openat', 'getdents64', 'link']
    expect([...struck]).toEqual(expect.arrayContaining(each.map((syscall) => `signal=KILL ${syscall}`)))
    expect([...struck]).toEqual(
      expect.arrayContaining(['error=EIO fdatasync', 'error=ENOSPC write', 'error=EIO openat']),
    )
  })
})
