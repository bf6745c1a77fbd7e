import assert from 'node:assert/strict'
import { type Host, isSshMcpError } from '@sshmcp/kernel'
import type { ContractCase } from '@sshmcp/kernel/testing'
import type { ExecRequest, OutputSink, SshConnection, SshTransport } from '../ssh-transport.ts'
import type { Script, ScriptedReply } from './scripted-transport.ts'

/** A transport and a host that it reaches, where a POSIX shell answers (or a script that knows {@link contractScript}). */
export interface SshTransportFixture {
  readonly transport: SshTransport
  readonly host: Host
  /** Ends what the fixture started. */
  dispose(): Promise<void>
}

/** The command lines of the suite with what a POSIX shell answers, for fakes. */
const lines = {
  both: { line: 'echo out; echo err >&2; exit 3', reply: { stdout: 'out\n', stderr: 'err\n', exitCode: 3 } },
  silent: { line: ':', reply: {} },
  unended: { line: "printf 'no newline'", reply: { stdout: 'no newline' } },
  killed: { line: 'kill -KILL $$', reply: { signal: 'KILL' } },
  unknown: { line: 'sshmcp-no-such-command', reply: { exitCode: 127, stderr: 'not found\n' } },
  hangs: { line: 'echo begun; sleep 600', reply: { stdout: 'begun\n', hangs: true } },
  large: {
    line: "head -c 3000000 /dev/zero | tr '\\0' x",
    reply: { stdout: Array.from({ length: 300 }, () => 'x'.repeat(10_000)) },
  },
  binary: { line: "printf '\\377\\376\\000\\001'", reply: { stdout: [new Uint8Array([255, 254, 0, 1])] } },
} as const satisfies Record<string, { line: string; reply: ScriptedReply }>

/** Answers the suite's lines; `cat` echoes its standard input. */
export const contractScript: Script = ({ line, stdin }) => {
  if (line === 'cat') return { stdout: stdin }
  return Object.values(lines).find((known) => known.line === line)?.reply
}

/** What every {@link SshTransport} promises. */
export const sshTransportContract: readonly ContractCase<SshTransportFixture>[] = [
  contract('tells who is connected to whom, and how', async (connection, { host }) => {
    assert.match(connection.facts.hostKeyFingerprint, /^SHA256:[A-Za-z0-9+/]{43}$/)
    assert.equal(connection.facts.login, host.sshUser)
    assert.notEqual(connection.facts.authenticatedWith, '')
  }),
  contract('keeps the streams apart and gives the exit code', async (connection) => {
    const { exit, stdout, stderr } = await run(connection, lines.both.line)
    assert.deepEqual([exit, text(stdout), text(stderr)], [{ exitCode: 3, signal: null }, 'out\n', 'err\n'])
  }),
  contract('gives code 0 and no output for a command that says nothing', async (connection) => {
    const { exit, stdout, stderr } = await run(connection, lines.silent.line)
    assert.deepEqual([exit, text(stdout), text(stderr)], [{ exitCode: 0, signal: null }, '', ''])
  }),
  contract('adds no byte and loses none', async (connection) => {
    assert.equal(text((await run(connection, lines.unended.line)).stdout), 'no newline')
    assert.deepEqual([...(await run(connection, lines.binary.line)).stdout], [255, 254, 0, 1])
  }),
  contract('gives the signal, and no code, when one ended the command', async (connection) => {
    assert.deepEqual((await run(connection, lines.killed.line)).exit, { exitCode: null, signal: 'KILL' })
  }),
  contract('gives the code of a command that does not exist', async (connection) => {
    assert.equal((await run(connection, lines.unknown.line)).exit.exitCode, 127)
  }),
  contract('hands over standard input and closes it', async (connection) => {
    const stdin = `${'line of input\n'.repeat(20_000)}end`
    assert.equal(text((await run(connection, 'cat', { stdin })).stdout), stdin)
  }),
  contract('waits for a slow sink, one chunk at a time, and loses nothing', async (connection) => {
    let size = 0
    let isBusy = false
    const sink: OutputSink = {
      async write(_stream, bytes) {
        assert.equal(isBusy, false)
        isBusy = true
        size += bytes.length
        await new Promise((resolve) => setImmediate(resolve))
        isBusy = false
      },
    }
    await connection.exec(request(lines.large.line), sink, new AbortController().signal)
    assert.equal(size, 3_000_000)
  }),
  contract('runs several commands at once on one connection', async (connection) => {
    const all = await Promise.all([1, 2, 3, 4].map((n) => run(connection, 'cat', { stdin: `number ${n}` })))
    assert.deepEqual(
      all.map(({ stdout }) => text(stdout)),
      ['number 1', 'number 2', 'number 3', 'number 4'],
    )
  }),
  contract('sends nothing when aborted before', async (connection) => {
    await assert.rejects(
      connection.exec(request(lines.silent.line), { write: () => {} }, AbortSignal.abort()),
      hasCode('TRANSPORT_CANCELLED'),
    )
  }),
  contract('ends the command when aborted, keeps its output and says what became of it', async (connection) => {
    const abort = new AbortController()
    let output = ''
    const sink: OutputSink = {
      write(_stream, bytes) {
        output += text(bytes)
        if (output === 'begun\n') abort.abort()
      },
    }
    const exit = await connection.exec(request(lines.hangs.line), sink, abort.signal)
    assert.deepEqual([exit, output], [{ exitCode: null, signal: null, remoteProcess: 'dead' }, 'begun\n'])
    assert.equal((await run(connection, lines.silent.line)).exit.exitCode, 0, 'the connection serves on')
  }),
  contract('answers a ping with a time', async (connection) => {
    assert.ok((await connection.ping(new AbortController().signal)) >= 0)
  }),
  contract('closes, says so, and refuses what comes after', async (connection) => {
    await connection.close()
    await connection.close()
    assert.equal((await connection.closed).reason, 'closed')
    await assert.rejects(run(connection, lines.silent.line), hasCode('TRANSPORT_CONNECTION_DEAD'))
    await assert.rejects(connection.ping(new AbortController().signal), hasCode('TRANSPORT_CONNECTION_DEAD'))
  }),
  {
    name: 'makes no connection when aborted before',
    run: async (makeFixture) => {
      const fixture = await makeFixture()
      try {
        await assert.rejects(
          fixture.transport.connect(fixture.host, AbortSignal.abort()),
          hasCode('TRANSPORT_CANCELLED'),
        )
      } finally {
        await fixture.dispose()
      }
    },
  },
]

/** One promise that is checked on a fresh connection. */
function contract(
  name: string,
  check: (connection: SshConnection, fixture: SshTransportFixture) => Promise<void>,
): ContractCase<SshTransportFixture> {
  return {
    name,
    run: async (makeFixture) => {
      const fixture = await makeFixture()
      try {
        const connection = await fixture.transport.connect(fixture.host, new AbortController().signal)
        try {
          await check(connection, fixture)
        } finally {
          await connection.close()
        }
      } finally {
        await fixture.dispose()
      }
    },
  }
}

function request(line: string, more: Partial<ExecRequest> = {}): ExecRequest {
  return { line, stdin: '', needsServedShell: false, ...more }
}

async function run(connection: SshConnection, line: string, more: Partial<ExecRequest> = {}) {
  const chunks: Record<'stdout' | 'stderr', Uint8Array[]> = { stdout: [], stderr: [] }
  const sink: OutputSink = {
    write(stream, bytes) {
      chunks[stream].push(Uint8Array.from(bytes))
    },
  }
  const exit = await connection.exec(request(line, more), sink, new AbortController().signal)
  return { exit, stdout: Buffer.concat(chunks.stdout), stderr: Buffer.concat(chunks.stderr) }
}

function text(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes)
}

function hasCode(code: string): (error: unknown) => boolean {
  return (error) => isSshMcpError(error) && error.code === code
}
