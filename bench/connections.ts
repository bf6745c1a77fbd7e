import { closeSync, fdatasyncSync, openSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { parseUserId, randomIds, systemClock } from '@sshmcp/kernel'
import { createSessions, type Sessions } from '@sshmcp/sessions'
import { plainFilter } from '@sshmcp/sessions/testing'
import type ssh2 from 'ssh2'
import { plainShell } from '../test/support/accounts.ts'
import { hostOf, linesOf, transportTo } from '../test/support/real-transport.ts'
import { startSshd, type TestSshd } from '../test/support/sshd.ts'
import { bareClient, bareExec, echoOk } from './bare-ssh2.ts'
import { compare, printMedians, printRatio } from './measure.ts'

const command = { line: echoOk, stdin: '', timeoutSeconds: 30, needsServedShell: false }
const owner = parseUserId('bench')

/** A warm call, eight at once and a first call, each against bare ssh2 with TCP_NODELAY on the same sshd and disk. */
export async function run(): Promise<void> {
  // A throw-away account with /bin/sh where that is possible: an own login shell may read slow start-up files.
  const sshd = await startSshd({ ...plainShell, config: ['MaxSessions 64'] })
  const file = openSync(join(sshd.folder, 'journal'), 'a')
  const append = () => {
    writeSync(file, `${'x'.repeat(600)}\n`)
    fdatasyncSync(file)
  }
  const sessions = sessionsOn(sshd)
  const bare = await bareClient(sshd)
  try {
    await warmCalls(sessions, bare, sshd, append)
    await eightAtOnce(sessions, bare, sshd)
    await firstCalls(sshd)
  } finally {
    bare.end()
    await sessions.close()
    closeSync(file)
    await sshd.stop()
  }
}

async function warmCalls(sessions: Sessions, bare: ssh2.Client, sshd: TestSshd, append: () => void): Promise<void> {
  const medians = await compare({
    rounds: 200,
    subjects: {
      'bare exec, two durable appends': async () => {
        append()
        await bareExec(bare)
        append()
      },
      'warm call, two durable appends': async () => {
        await call(sessions, sshd, async () => append())
        append()
      },
    },
  })
  printMedians(medians)
  const ratio = medians['warm call, two durable appends'] / medians['bare exec, two durable appends']
  printRatio('a warm call to bare exec with two durable appends', ratio, 1.25)
}

async function eightAtOnce(sessions: Sessions, bare: ssh2.Client, sshd: TestSshd): Promise<void> {
  const eight = async (one: () => Promise<void>) => {
    await Promise.all(Array.from({ length: 8 }, one))
  }
  const medians = await compare({
    rounds: 60,
    subjects: {
      'eight bare execs at once': () => eight(() => bareExec(bare)),
      'eight calls at once': () => eight(() => call(sessions, sshd)),
    },
  })
  printMedians(medians)
  const ratio = medians['eight bare execs at once'] / medians['eight calls at once']
  printRatio('rate of eight calls at once to that of bare ssh2', ratio, { atLeast: 0.85 })
}

async function firstCalls(sshd: TestSshd): Promise<void> {
  const medians = await compare({
    rounds: 30,
    subjects: {
      'bare connect and exec': async () => {
        const client = await bareClient(sshd)
        await bareExec(client)
        client.end()
      },
      'first call': async () => {
        const fresh = sessionsOn(sshd)
        await call(fresh, sshd)
        await fresh.close()
      },
    },
  })
  printMedians(medians)
  printRatio('a first call to bare connect and exec', medians['first call'] / medians['bare connect and exec'], 1.3)
}

function sessionsOn(sshd: TestSshd): Sessions {
  return createSessions({
    transport: transportTo(sshd, linesOf(sshd.knownHostsFile)),
    clock: systemClock,
    ids: randomIds,
    outputFilter: plainFilter,
    limits: {
      outputMaxBytes: 65_536,
      sessionIdleTimeoutSeconds: 300,
      maxSessions: 10,
      maxBackgroundJobs: 10,
      jobOutputMaxBytes: 1_048_576,
      jobTtlSeconds: 3_600,
    },
  })
}

async function call(sessions: Sessions, sshd: TestSshd, onConnected = async () => {}): Promise<void> {
  const signal = new AbortController().signal
  const outcome = await sessions.forOwner(owner).exec(hostOf(sshd), command, { signal, onConnected })
  if (outcome.stdout !== 'ok\n') throw new Error(`unexpected answer ${JSON.stringify(outcome.stdout)}`)
}
