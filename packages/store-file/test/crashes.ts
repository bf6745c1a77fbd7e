import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { eventsForward, followEvents, readEvents, type VerifyReport } from '@sshmcp/audit'
import { FileAuditSource, verifyAudit } from '@sshmcp/store-file'

const program = fileURLToPath(new URL('./programs/append.ts', import.meta.url))

/** A writing process, and what it was promised so far. */
export interface Writer {
  readonly name: string
  readonly child: ChildProcess
  readonly acknowledged: Set<string>
  /** Resolves with the exit code once it is gone. */
  readonly gone: Promise<number | null>
}

/** Starts a writer that begins at once. */
export async function startWriter(home: string, name: string, count: number, inFlight: number): Promise<Writer> {
  const args = [`${home}/audit_logs`, `${home}/keys/audit.key`, name, String(count), String(inFlight), 'acks']
  const child = spawn(process.execPath, ['--conditions=source', program, ...args], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const acknowledged = new Set<string>()
  let rest = ''
  const ready = new Promise<void>((resolve) => {
    child.stdout.on('data', (chunk) => {
      const lines = `${rest}${chunk}`.split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines) {
        if (line === 'ready') resolve()
        else if (/^\w+:[0-9]+$/.test(line)) acknowledged.add(line)
      }
    })
  })
  const gone = once(child, 'close').then(([code]) => (typeof code === 'number' ? code : null))
  await Promise.race([ready, gone])
  child.stdin.write('go\n')
  return { name, child, acknowledged, gone }
}

/** What became of what was promised. */
export interface Aftermath {
  readonly report: VerifyReport
  readonly lost: readonly string[]
  readonly acknowledged: number
  readonly entries: number
}

/** Compares the journal with the promises. */
export async function aftermath(home: string, writers: readonly Writer[]): Promise<Aftermath> {
  const report = await verifyAudit(`${home}/audit_logs`)
  const found = new Set<string>()
  for await (const { detail } of eventsForward(new FileAuditSource(`${home}/audit_logs`), { kinds: ['read'] })) {
    if (typeof detail === 'object' && detail !== null && 'from' in detail && 'number' in detail) {
      found.add(`${detail.from}:${detail.number}`)
    }
  }
  const promised = writers.flatMap(({ acknowledged }) => [...acknowledged])
  return { report, lost: promised.filter((ack) => !found.has(ack)), acknowledged: promised.length, entries: found.size }
}

/** What readers beside the writers came to. */
export interface Onlookers {
  /** Ends the looking. Rejects if any look failed. */
  stop(): Promise<{ readonly verified: number; readonly followed: number }>
}

/** Verifies again and again, reads the last entries, and follows what is written, until it is stopped. */
export function lookOn(home: string): Onlookers {
  const dir = `${home}/audit_logs`
  const source = new FileAuditSource(dir)
  const done = new AbortController()
  const looks = { verified: 0, followed: 0 }
  const verify = async (): Promise<void> => {
    while (!done.signal.aborted) {
      const report = await verifyAudit(dir)
      assert.equal(report.isIntact, true, report.verdict)
      assert.ok((await readEvents(source, { lastN: 20 })).length > 0)
      looks.verified += 1
    }
  }
  const follow = async (): Promise<void> => {
    let seen = -1
    for await (const entry of followEvents(source, { signal: done.signal, everyMs: 5, filter: { kinds: ['read'] } })) {
      assert.match(entry.user_id ?? '', /^local:w/)
      assert.ok(entry.seq > seen)
      seen = entry.seq
      looks.followed += 1
    }
  }
  const looking = Promise.all([verify(), follow()])
  // Told when it is stopped; until then nobody listens.
  looking.catch(() => {})
  return {
    stop: async () => {
      done.abort()
      await looking
      return looks
    },
  }
}

/** Kills writers at random moments, one per cycle, and starts another in its place. */
export async function killAgainAndAgain(home: string, cycles: number, atOnce: number): Promise<readonly Writer[]> {
  const all: Writer[] = []
  const start = async (): Promise<Writer> => {
    const writer = await startWriter(home, `w${all.length}`, 1_000_000, 8)
    all.push(writer)
    return writer
  }
  let running = await Promise.all(Array.from({ length: atOnce }, start))
  for (let cycle = 0; cycle < cycles; cycle++) {
    const victim = running[cycle % atOnce]
    if (victim === undefined) break
    // Until it has been promised something; how far it then is into the next commit, nobody knows.
    const enough = (cycle * 7) % 23
    while (victim.acknowledged.size < enough && victim.child.exitCode === null) await new Promise(setImmediate)
    victim.child.kill('SIGKILL')
    await victim.gone
    running = [...running.filter((writer) => writer !== victim), await start()]
  }
  for (const writer of running) writer.child.kill('SIGKILL')
  await Promise.all(running.map(({ gone }) => gone))
  return all
}
