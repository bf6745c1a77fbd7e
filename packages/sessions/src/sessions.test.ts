import { parseHostId, parseUserId, systemClock } from '@sshmcp/kernel'
import { aHost, ManualClock, sequentialIds } from '@sshmcp/kernel/testing'
import { type SshConnection, transportErrors } from '@sshmcp/transport'
import { type Script, type ScriptedOptions, ScriptedTransport } from '@sshmcp/transport/testing'
import { describe, expect, test } from 'vitest'
import { createSessions, type SessionLimits } from './index.ts'
import { plainFilter, wordFilter } from './testing/index.ts'

const never = new AbortController().signal
const alice = parseUserId('alice')
const bob = parseUserId('bob')
const host = aHost()
const limits: SessionLimits = {
  outputMaxBytes: 65_536,
  sessionIdleTimeoutSeconds: 300,
  maxSessions: 2,
  maxBackgroundJobs: 2,
  jobOutputMaxBytes: 1_048_576,
  jobTtlSeconds: 3_600,
}

function fixture(
  script: Script,
  more: Partial<SessionLimits> = {},
  options: ScriptedOptions = {},
  outputFilter = plainFilter,
) {
  const transport = new ScriptedTransport(script, options)
  const sessions = createSessions({
    transport,
    clock: systemClock,
    ids: sequentialIds(),
    outputFilter,
    limits: { ...limits, ...more },
  })
  return { transport, sessions, hosts: sessions.forOwner(alice) }
}

function command(line = 'true', timeoutSeconds = 30) {
  return { line, stdin: '', timeoutSeconds, needsServedShell: false }
}

function code(expected: string) {
  return expect.objectContaining({ code: expected })
}

describe('one command', () => {
  test('comes back whole, with who was connected to whom', async () => {
    const { hosts } = fixture(() => ({ stdout: 'out\n', stderr: 'err\n', exitCode: 3 }))
    const outcome = await hosts.exec(host, command(), { signal: never })
    expect(outcome).toMatchObject({
      exitCode: 3,
      signal: null,
      stdout: 'out\n',
      stderr: 'err\n',
      timedOut: false,
      cancelled: false,
      truncated: false,
      redactions: {},
      cleaned: 0,
      connection: { login: 'deploy', authenticatedWith: 'script' },
    })
    expect(outcome).not.toHaveProperty('remoteProcess')
    expect(outcome).not.toHaveProperty('jobId')
  })

  test('keeps a signal apart from an exit code', async () => {
    const { hosts } = fixture(() => ({ signal: 'KILL' }))
    expect(await hosts.exec(host, command(), { signal: never })).toMatchObject({ exitCode: null, signal: 'KILL' })
  })

  test('is announced after the login and before anything is sent', async () => {
    const { hosts, transport } = fixture(() => ({}))
    const seen: unknown[] = []
    await hosts.exec(host, command('run me'), {
      signal: never,
      onConnected: async (facts) => {
        seen.push(facts.login, transport.sent.length)
      },
    })
    expect(seen).toEqual(['deploy', 0])
    expect(transport.sent.map(({ request }) => request.line)).toEqual(['run me'])
  })

  test('is not sent when the announcement fails', async () => {
    const { hosts, transport } = fixture(() => ({}))
    const journal = new Error('journal')
    const call = hosts.exec(host, command(), { signal: never, onConnected: () => Promise.reject(journal) })
    await expect(call).rejects.toBe(journal)
    expect(transport.sent).toEqual([])
  })

  test('ends at its time with what it had printed, and says what became of the process', async () => {
    const { hosts } = fixture(() => ({ stdout: 'begun\n', hangs: true, remoteProcess: 'alive' }))
    const outcome = await hosts.exec(host, command('sleep', 0.02), { signal: never })
    expect(outcome).toMatchObject({
      exitCode: null,
      stdout: 'begun\n',
      timedOut: true,
      cancelled: false,
      remoteProcess: 'alive',
      jobId: 'job_000001',
    })
  })

  test('ends when the caller gives up', async () => {
    const abort = new AbortController()
    const { hosts } = fixture(() => ({ stdout: 'begun\n', hangs: true }))
    const outcome = await hosts.exec(host, command(), { signal: abort.signal, onProgress: () => abort.abort() })
    expect(outcome).toMatchObject({ timedOut: false, cancelled: true, remoteProcess: 'dead', stdout: 'begun\n' })
  })

  test('is redacted before it is cut, and a secret between two chunks is found', async () => {
    const { hosts } = fixture(() => ({ stdout: ['a hun', 'ter2 b\n', 'hunter2'] }), {}, {}, wordFilter('hunter2'))
    const outcome = await hosts.exec(host, command(), { signal: never })
    expect(outcome).toMatchObject({ stdout: 'a [masked] b\n[masked]', redactions: { word: 2 } })
  })

  test('is cut in the middle when it is long, and the whole can be read by its handle', async () => {
    const lines = Array.from({ length: 1_000 }, (_, n) => `line ${n}\n`)
    const { hosts } = fixture(() => ({ stdout: lines, stderr: 'short\n' }), { outputMaxBytes: 2_000 })
    const outcome = await hosts.exec(host, command(), { signal: never })
    expect(outcome.truncated).toBe(true)
    expect(outcome.stderr).toBe('short\n')
    expect(outcome.stdout.startsWith('line 0\nline 1\n')).toBe(true)
    expect(outcome.stdout.endsWith('line 998\nline 999\n')).toBe(true)
    expect(outcome.stdout).toMatch(/\n\[\.\.\. \d+ bytes left out \.\.\.\]\n/)
    expect(Buffer.byteLength(outcome.stdout)).toBeLessThanOrEqual(2_000 - 6)
    let cursor = ''
    let all = ''
    for (let n = 0; n < 20; n++) {
      const part = await hosts.pollJob(outcome.jobId ?? '', { cursor, waitSeconds: 0, signal: never })
      all += part.stdout
      cursor = part.nextCursor
    }
    expect(all).toBe(lines.join(''))
  })
})

describe('the pool', () => {
  test('ten calls at once make one connection, the next uses it', async () => {
    const { hosts, transport } = fixture(() => ({}))
    await Promise.all(Array.from({ length: 10 }, () => hosts.exec(host, command(), { signal: never })))
    await hosts.exec(host, command(), { signal: never })
    expect(transport.connections).toHaveLength(1)
    expect(transport.sent).toHaveLength(11)
  })

  test('owners share nothing, and neither do logins', async () => {
    const { sessions, transport } = fixture(() => ({}))
    await sessions.forOwner(alice).exec(host, command(), { signal: never })
    await sessions.forOwner(bob).exec(host, command(), { signal: never })
    await sessions.forOwner(bob).exec(aHost({ sshUser: 'root' }), command(), { signal: never })
    expect(transport.connections).toHaveLength(3)
  })

  test('a connection that died while idle is replaced', async () => {
    const { hosts, transport } = fixture(() => ({}))
    await hosts.exec(host, command(), { signal: never })
    transport.connections[0]?.lose()
    await hosts.exec(host, command(), { signal: never })
    expect(transport.connections).toHaveLength(2)
  })

  test('a connection found dead before anything was sent is replaced once, after that never', async () => {
    const { hosts, transport } = fixture(() => ({ stdout: 'x', losesConnection: true }))
    let announced = 0
    const call = hosts.exec(host, command(), {
      signal: never,
      onConnected: async () => {
        announced++
        transport.connections[0]?.lose()
      },
    })
    await expect(call).rejects.toEqual(code('TRANSPORT_CONNECTION_LOST'))
    expect([announced, transport.connections.length, transport.sent.length]).toEqual([1, 2, 1])
  })

  test('sends nothing over the replacement when it is another host', async () => {
    const { transport, hosts } = fixture(() => ({}))
    const call = hosts.exec(host, command(), {
      signal: never,
      onConnected: async () => {
        transport.connections[0]?.lose()
        transport.options = { facts: { hostKeyFingerprint: 'SHA256:another' } }
      },
    })
    await expect(call).rejects.toEqual(code('TRANSPORT_CONNECTION_DEAD'))
    expect(transport.sent).toEqual([])
  })

  test('a failed connection is not kept', async () => {
    let isDown = true
    const { hosts } = fixture(
      () => ({}),
      {},
      {
        refuse: () => (isDown ? transportErrors.error('TRANSPORT_UNREACHABLE', { message: 'down' }) : undefined),
      },
    )
    await expect(hosts.exec(host, command(), { signal: never })).rejects.toEqual(code('TRANSPORT_UNREACHABLE'))
    isDown = false
    expect(await hosts.exec(host, command(), { signal: never })).toMatchObject({ exitCode: 0 })
  })

  test('closes an idle connection', async () => {
    const { hosts, transport } = fixture(() => ({}), { sessionIdleTimeoutSeconds: 0.01 })
    await hosts.exec(host, command(), { signal: never })
    expect(await transport.connections[0]?.closed).toMatchObject({ reason: 'closed' })
  })

  test('waits for a channel when the host has none free, in the order of the calls', async () => {
    let inside = 0
    let most = 0
    const { hosts } = fixture(async () => {
      if (inside >= 3) throw transportErrors.error('TRANSPORT_CHANNEL_REFUSED', { message: 'full' })
      most = Math.max(most, ++inside)
      await new Promise((resolve) => setImmediate(resolve))
      inside--
      return { stdout: 'done' }
    })
    const all = await Promise.all(Array.from({ length: 12 }, () => hosts.exec(host, command(), { signal: never })))
    expect(all.map(({ stdout }) => stdout)).toEqual(Array(12).fill('done'))
    expect(most).toBe(3)
  })

  test('a host that refuses even the only channel is believed', async () => {
    const { hosts } = fixture(() => {
      throw transportErrors.error('TRANSPORT_CHANNEL_REFUSED', { message: 'full' })
    })
    await expect(hosts.exec(host, command(), { signal: never })).rejects.toEqual(code('TRANSPORT_CHANNEL_REFUSED'))
  })

  test('close ends what runs, closes every connection and takes nothing more', async () => {
    const { sessions, hosts, transport } = fixture(() => ({ hangs: true }))
    const started = new Promise<void>((resolve) => {
      hosts.exec(host, command(), { signal: never, onConnected: async () => resolve() }).then(
        (outcome) => ends.push(outcome),
        (error) => ends.push(error),
      )
    })
    const ends: unknown[] = []
    await started
    await sessions.close()
    await expect(hosts.exec(host, command(), { signal: never })).rejects.toEqual(code('SESSION_CLOSED'))
    expect(ends).toHaveLength(1)
    expect(transport.connections.every(({ isOpen }) => !isOpen)).toBe(true)
  })
})

describe('a connection that takes its time', () => {
  /** Connects only when aborted or released. */
  function slow() {
    const aborts: AbortSignal[] = []
    let release: (connection: SshConnection) => void = () => {}
    const transport = new ScriptedTransport(() => ({}))
    const sessions = createSessions({
      transport: {
        connect: (_host, signal) => {
          aborts.push(signal)
          return new Promise((resolve, reject) => {
            release = resolve
            signal.addEventListener('abort', () =>
              reject(transportErrors.error('TRANSPORT_CANCELLED', { message: 'cancelled' })),
            )
          })
        },
      },
      clock: systemClock,
      ids: sequentialIds(),
      outputFilter: plainFilter,
      limits,
    })
    const answer = async () => release(await transport.connect(host, never))
    return { hosts: sessions.forOwner(alice), aborts, answer }
  }

  test('counts towards the time of the call, and the error says that nothing was run', async () => {
    const { hosts, aborts } = slow()
    const call = hosts.exec(host, command('true', 0.02), { signal: never })
    await expect(call).rejects.toEqual(code('TRANSPORT_CONNECT_TIMEOUT'))
    expect(aborts.map(({ aborted }) => aborted)).toEqual([true])
  })

  test('is not taken from others by the one who gives up', async () => {
    const { hosts, aborts, answer } = slow()
    const abort = new AbortController()
    const first = hosts.exec(host, command(), { signal: abort.signal })
    const second = hosts.exec(host, command(), { signal: never })
    abort.abort()
    await expect(first).rejects.toEqual(code('TRANSPORT_CANCELLED'))
    await answer()
    expect(await second).toMatchObject({ exitCode: 0 })
    expect(aborts).toHaveLength(1)
  })
})

describe('sessions of their own', () => {
  test('use a connection that nothing else uses, and show it', async () => {
    const { hosts, transport } = fixture(() => ({}))
    const session = await hosts.openSession(host, { signal: never })
    await hosts.exec(host, command(), { signal: never })
    expect(transport.connections).toHaveLength(2)
    await hosts.exec(host, command(), { signal: never, sessionId: session.sessionId })
    expect(transport.connections).toHaveLength(2)
    expect(hosts.sessions()).toMatchObject([{ sessionId: session.sessionId, hostId: 'web-1', status: 'connected' }])
    expect(await hosts.pingSession(session.sessionId, never)).toMatchObject({ status: 'connected', roundTripMs: 1 })
  })

  test('are limited, even when opened at once', async () => {
    const { hosts } = fixture(() => ({}))
    const opened = await Promise.allSettled([1, 2, 3].map(() => hosts.openSession(host, { signal: never })))
    expect(opened.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected'])
    expect(opened[2]).toMatchObject({ reason: { code: 'SESSION_LIMIT' } })
  })

  test('are unknown to others and after their end', async () => {
    const { hosts, sessions, transport } = fixture(() => ({}))
    const { sessionId } = await hosts.openSession(host, { signal: never })
    expect(() => sessions.forOwner(bob).session(sessionId)).toThrow(code('SESSION_UNKNOWN'))
    expect(await hosts.closeSession(sessionId)).toMatchObject({ status: 'disconnected' })
    expect(() => hosts.session(sessionId)).toThrow(code('SESSION_UNKNOWN'))
    expect(transport.connections[0]?.isOpen).toBe(false)
  })

  test('serve their own host only', async () => {
    const { hosts, transport } = fixture(() => ({}))
    const { sessionId } = await hosts.openSession(host, { signal: never })
    const other = aHost({ hostId: parseHostId('db-1') })
    await expect(hosts.exec(other, command(), { signal: never, sessionId })).rejects.toEqual(code('SESSION_OTHER_HOST'))
    expect(transport.sent).toEqual([])
  })

  test('end with their connection and are never given another', async () => {
    const { hosts, transport } = fixture(() => ({}))
    const { sessionId } = await hosts.openSession(host, { signal: never })
    transport.connections[0]?.lose()
    await expect(hosts.exec(host, command(), { signal: never, sessionId })).rejects.toEqual(
      code('TRANSPORT_CONNECTION_DEAD'),
    )
    expect(transport.connections).toHaveLength(1)
    expect(hosts.sessions()).toEqual([])
  })

  test('end when they were idle too long', async () => {
    const { hosts, transport } = fixture(() => ({}), { sessionIdleTimeoutSeconds: 0.01 })
    await hosts.openSession(host, { signal: never })
    await transport.connections[0]?.closed
    expect(hosts.sessions()).toEqual([])
  })

  test('are not opened when the announcement fails', async () => {
    const { hosts, transport } = fixture(() => ({}))
    const open = hosts.openSession(host, { signal: never, onConnected: () => Promise.reject(new Error('journal')) })
    await expect(open).rejects.toThrow('journal')
    expect([hosts.sessions(), transport.connections[0]?.isOpen]).toEqual([[], false])
  })
})

describe('jobs', () => {
  test('run on after the reply, are polled, and end', async () => {
    let release = () => {}
    const gate = new Promise<void>((resolve) => {
      release = resolve
    })
    const { hosts } = fixture(async () => {
      await gate
      return { stdout: 'one\n', exitCode: 4 }
    })
    const ended: unknown[] = []
    const job = await hosts.startJob(
      host,
      { ...command(), templateId: 't' },
      { signal: never, onEnded: (view) => ended.push(view) },
    )
    expect(job).toMatchObject({ status: 'running', templateId: 't', exitCode: null })
    const poll = hosts.pollJob(job.jobId, { cursor: '', waitSeconds: 30, signal: never })
    release()
    const first = await poll
    expect(first.stdout).toBe('one\n')
    const end = await hosts.pollJob(job.jobId, { cursor: first.nextCursor, waitSeconds: 1, signal: never })
    expect(end).toMatchObject({
      stdout: '',
      status: 'completed',
      exitCode: 4,
      nextCursor: first.nextCursor,
      droppedBytes: 0,
    })
    expect(ended).toMatchObject([{ jobId: job.jobId, status: 'completed' }])
  })

  test('go on when the caller of the start is gone, and stop when cancelled', async () => {
    const abort = new AbortController()
    const { hosts } = fixture(() => ({ hangs: true, remoteProcess: 'dead' }))
    const { jobId } = await hosts.startJob(host, command(), { signal: abort.signal })
    abort.abort()
    expect(hosts.jobs()).toMatchObject([{ jobId, status: 'running' }])
    expect(await hosts.cancelJob(jobId)).toMatchObject({ status: 'cancelled', remoteProcess: 'dead', exitCode: null })
    expect(await hosts.cancelJob(jobId)).toMatchObject({ status: 'cancelled' })
  })

  test('end when their time is over', async () => {
    const { hosts } = fixture(() => ({ hangs: true }), { jobTtlSeconds: 0.02 })
    const view = await new Promise((resolve) => hosts.startJob(host, command(), { signal: never, onEnded: resolve }))
    expect(view).toMatchObject({ status: 'expired', remoteProcess: 'dead' })
  })

  test('fail when the connection is lost', async () => {
    const { hosts } = fixture(() => ({ stdout: 'part', losesConnection: true }))
    const view = await new Promise((resolve) => hosts.startJob(host, command(), { signal: never, onEnded: resolve }))
    expect(view).toMatchObject({ status: 'failed', exitCode: null, failure: { code: 'TRANSPORT_CONNECTION_LOST' } })
  })

  test('that cannot be started are errors of the start and leave nothing', async () => {
    const refusal = transportErrors.error('TRANSPORT_UNREACHABLE', { message: 'down' })
    const { hosts } = fixture(() => ({}), {}, { refuse: () => refusal })
    await expect(hosts.startJob(host, command(), { signal: never })).rejects.toBe(refusal)
    expect(hosts.jobs()).toEqual([])
  })

  test('are limited while they run; handles of finished commands do not count', async () => {
    const { hosts } = fixture(({ line }) => (line === 'hang' ? { hangs: true } : { stdout: 'x'.repeat(500) }), {
      outputMaxBytes: 200,
    })
    for (let n = 0; n < 3; n++) await hosts.exec(host, command(), { signal: never })
    await hosts.startJob(host, command('hang'), { signal: never })
    await hosts.startJob(host, command('hang'), { signal: never })
    await expect(hosts.startJob(host, command('hang'), { signal: never })).rejects.toEqual(code('JOB_LIMIT'))
    expect(hosts.jobs().map(({ status }) => status)).toEqual([
      'completed',
      'completed',
      'completed',
      'running',
      'running',
    ])
    await hosts.closeAll()
    expect(
      hosts
        .jobs()
        .map(({ status }) => status)
        .slice(3),
    ).toEqual(['cancelled', 'cancelled'])
  })

  test('are unknown to others', async () => {
    const { hosts, sessions } = fixture(() => ({ hangs: true }))
    const { jobId } = await hosts.startJob(host, command(), { signal: never })
    await expect(sessions.forOwner(bob).cancelJob(jobId)).rejects.toEqual(code('JOB_UNKNOWN'))
    await hosts.closeAll()
  })

  test('refuse a cursor that they did not give out', async () => {
    const { hosts } = fixture(() => ({ stdout: 'abc' }))
    const { jobId } = await hosts.startJob(host, command(), { signal: never })
    for (const cursor of [
      'x',
      'v1.0.0',
      Buffer.from('v1.99.0').toString('base64url'),
      Buffer.from('v1.-1.0').toString('base64url'),
    ]) {
      await expect(hosts.pollJob(jobId, { cursor, waitSeconds: 0, signal: never })).rejects.toEqual(
        code('JOB_CURSOR_INVALID'),
      )
    }
  })
})

describe('a host with an identity per connection', () => {
  const certified = aHost({ certificate: { mode: 'per_connection', principal: undefined, sourceAddresses: [] } })
  const purpose = { userId: alice, requestId: 'op_1', approvalId: undefined, tool: 'run_ssh_command' }
  const approved = { ...purpose, requestId: 'op_2', approvalId: 'apr_1' }
  const serial = (certificateSerial: string) => ({ facts: { certificateSerial } })

  function timed(script: Script = () => ({})) {
    const clock = new ManualClock()
    const transport = new ScriptedTransport(script)
    transport.options = { ...serial('1'), reusableUntil: clock.now() + 120_000 }
    const parts = { transport, clock, ids: sequentialIds(), outputFilter: plainFilter, limits }
    const sessions = createSessions(parts)
    return { clock, transport, sessions, hosts: sessions.forOwner(alice) }
  }

  test('is told why each connection is made', async () => {
    const { hosts, transport } = timed()
    await hosts.exec(certified, command(), { signal: never, purpose })
    await hosts.exec(certified, command(), { signal: never, purpose: { ...purpose, requestId: 'op_9' } })
    await hosts.openSession(certified, { signal: never, purpose: approved })
    expect(transport.purposes).toEqual([purpose, approved])
  })

  test('gets a connection of its own for a call that spends an approval, closed with the call', async () => {
    const { hosts, transport } = timed()
    await hosts.exec(certified, command(), { signal: never, purpose })
    await hosts.exec(certified, command(), { signal: never, purpose: approved })
    await hosts.exec(host, command(), { signal: never, purpose })
    await hosts.exec(host, command(), { signal: never, purpose: approved })
    expect(transport.purposes).toEqual([purpose, approved, purpose])
    expect(transport.connections.map(({ isOpen }) => isOpen)).toEqual([true, false, true])
  })

  test('has no connection used after its time, while what runs goes on', async () => {
    let release = () => {}
    const held = new Promise<void>((resolve) => {
      release = resolve
    })
    const { hosts, transport, clock } = timed(async ({ line }) => {
      if (line === 'long') await held
      return { stdout: line }
    })
    const long = hosts.exec(certified, command('long'), { signal: never, purpose })
    await expect.poll(() => transport.sent.length).toBe(1)
    clock.advance(119_999)
    await hosts.exec(certified, command(), { signal: never, purpose })
    expect(transport.connections).toHaveLength(1)
    clock.advance(1)
    await hosts.exec(certified, command(), { signal: never, purpose })
    expect(transport.connections.map(({ isOpen }) => isOpen)).toEqual([true, true])
    release()
    expect(await long).toMatchObject({ stdout: 'long', exitCode: 0 })
    await expect.poll(() => transport.connections[0]?.isOpen).toBe(false)
  })

  test('ends a session with its certificate', async () => {
    const { hosts, transport, clock } = timed()
    const { sessionId } = await hosts.openSession(certified, { signal: never, purpose })
    await hosts.exec(certified, command(), { signal: never, purpose, sessionId })
    clock.advance(120_000)
    await expect(hosts.exec(certified, command(), { signal: never, purpose, sessionId })).rejects.toMatchObject({
      code: 'SESSION_UNKNOWN',
      message: expect.stringContaining('has expired'),
    })
    await expect.poll(() => transport.connections[0]?.isOpen).toBe(false)
  })

  test('loses the connections and sessions of a certificate that is revoked, and no others', async () => {
    const { hosts, transport, sessions } = timed()
    await hosts.exec(certified, command(), { signal: never, purpose })
    transport.options = { ...transport.options, ...serial('2') }
    await hosts.openSession(certified, { signal: never, purpose })
    await sessions.closeByCertificate('3')
    expect(transport.connections.map(({ isOpen }) => isOpen)).toEqual([true, true])
    await sessions.closeByCertificate('1')
    expect(transport.connections.map(({ isOpen }) => isOpen)).toEqual([false, true])
    await sessions.closeByCertificate('2')
    expect([hosts.sessions(), transport.connections.map(({ isOpen }) => isOpen)]).toEqual([[], [false, false]])
  })

  test('loses the connections that lead through a host by a certificate that is revoked', async () => {
    const { hosts, transport, sessions } = timed()
    transport.options = { facts: { certificateSerial: '1', wayCertificateSerials: ['8', '9'] } }
    await hosts.exec(certified, command(), { signal: never, purpose })
    await sessions.closeByCertificate('7')
    expect(transport.connections.map(({ isOpen }) => isOpen)).toEqual([true])
    await sessions.closeByCertificate('9')
    expect(transport.connections.map(({ isOpen }) => isOpen)).toEqual([false])
  })

  test('replaces no connection by one with another certificate than was announced', async () => {
    const { hosts, transport } = timed()
    const call = hosts.exec(certified, command(), {
      signal: never,
      purpose,
      onConnected: async () => {
        transport.connections[0]?.lose()
        transport.options = { ...transport.options, ...serial('2') }
      },
    })
    await expect(call).rejects.toMatchObject({ code: 'TRANSPORT_CONNECTION_DEAD' })
    expect(transport.sent).toEqual([])
  })
})

describe('a host with an identity per command', () => {
  const oneByOne = aHost({ certificate: { mode: 'per_command', principal: undefined, sourceAddresses: [] } })
  const purpose = { userId: alice, requestId: 'op_1', approvalId: undefined, tool: 'run_ssh_command' }

  test('is connected for each command anew, with the line that will run, and left with it', async () => {
    const { hosts, transport } = fixture(() => ({}))
    await hosts.exec(oneByOne, command('first'), { signal: never, purpose })
    await Promise.all(
      ['second', 'third'].map((line) => hosts.exec(oneByOne, command(line), { signal: never, purpose })),
    )
    expect(transport.purposes).toEqual(['first', 'second', 'third'].map((line) => ({ ...purpose, line })))
    expect(transport.connections.map(({ isOpen }) => isOpen)).toEqual([false, false, false])
    expect(transport.sent.map(({ request }) => request.line)).toEqual(['first', 'second', 'third'])
  })

  test('runs a job over a connection of its own as well', async () => {
    const { hosts, transport } = fixture(() => ({ hangs: true }))
    const { jobId } = await hosts.startJob(oneByOne, command('long'), { signal: never, purpose })
    await hosts.cancelJob(jobId)
    expect(transport.purposes).toEqual([{ ...purpose, line: 'long' }])
    expect(transport.connections.map(({ isOpen }) => isOpen)).toEqual([false])
  })

  test('has no session and no files', async () => {
    const { hosts, transport } = fixture(() => ({}))
    const refused = { code: 'TRANSPORT_ONE_COMMAND_ONLY' }
    await expect(hosts.openSession(oneByOne, { signal: never, purpose })).rejects.toMatchObject(refused)
    await expect(hosts.sftp(oneByOne, { signal: never, purpose }, async () => {})).rejects.toMatchObject(refused)
    expect(transport.connections).toEqual([])
  })
})
