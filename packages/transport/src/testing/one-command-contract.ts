import assert from 'node:assert/strict'
import { type Host, isSshMcpError } from '@sshmcp/kernel'
import type { ContractCase } from '@sshmcp/kernel/testing'
import type { ConnectPurpose, SshConnection, SshTransport } from '../ssh-transport.ts'
import type { Script } from './scripted-transport.ts'

/** A transport and a host with an identity per command. */
export interface OneCommandFixture {
  readonly transport: SshTransport
  readonly host: Host
  readonly purpose: ConnectPurpose
  /** How many commands the host has begun. */
  begun(): number
  /** Ends what the fixture started. */
  dispose(): Promise<void>
}

const line = 'echo out; exit 3'
const never = new AbortController().signal

/** Answers the suite's line. */
export const oneCommandScript: Script = (request) =>
  request.line === line ? { stdout: 'out\n', exitCode: 3 } : { exitCode: 127 }

/** What every {@link SshTransport} promises of a host with an identity per command. */
export const oneCommandContract: readonly ContractCase<OneCommandFixture>[] = [
  contract('runs the line of the purpose, and the connection ends with it', async ({ begun }, connect) => {
    const before = begun()
    const connection = await connect(line)
    assert.deepEqual(await run(connection, line), { exit: { exitCode: 3, signal: null }, stdout: 'out\n' })
    assert.equal((await connection.closed).reason, 'closed')
    assert.equal(begun(), before + 1)
  }),
  contract('runs it once', async ({ begun }, connect) => {
    const before = begun()
    const connection = await connect(line)
    await run(connection, line)
    await assert.rejects(run(connection, line), hasCode('TRANSPORT_CONNECTION_DEAD'))
    assert.equal(begun(), before + 1)
  }),
  contract('refuses another line and files, and serves its own all the same', async ({ begun }, connect) => {
    const before = begun()
    const connection = await connect(line)
    await assert.rejects(run(connection, 'echo other'), hasCode('TRANSPORT_ONE_COMMAND_ONLY'))
    await assert.rejects(connection.sftp(never), hasCode('TRANSPORT_ONE_COMMAND_ONLY'))
    assert.equal(begun(), before)
    assert.equal((await run(connection, line)).stdout, 'out\n')
  }),
  contract('makes no connection without a line', async (_fixture, connect) => {
    await assert.rejects(connect(), hasCode('TRANSPORT_ONE_COMMAND_ONLY'))
  }),
  contract('answers a ping, and nothing runs', async ({ begun }, connect) => {
    const before = begun()
    const connection = await connect(line)
    assert.ok((await connection.ping(never)) >= 0)
    assert.equal(begun(), before)
    await connection.close()
  }),
]

type Connect = (line?: string) => Promise<SshConnection>

function contract(
  name: string,
  check: (fixture: OneCommandFixture, connect: Connect) => Promise<void>,
): ContractCase<OneCommandFixture> {
  return {
    name,
    run: async (makeFixture) => {
      const fixture = await makeFixture()
      const { transport, host, purpose } = fixture
      try {
        await check(fixture, (wanted) =>
          transport.connect(host, never, wanted === undefined ? purpose : { ...purpose, line: wanted }),
        )
      } finally {
        await fixture.dispose()
      }
    },
  }
}

async function run(connection: SshConnection, wanted: string) {
  const chunks: Buffer[] = []
  const exit = await connection.exec(
    { line: wanted, stdin: '', needsServedShell: false },
    {
      write(stream, bytes) {
        if (stream === 'stdout') chunks.push(Buffer.from(bytes))
      },
    },
    never,
  )
  return { exit, stdout: Buffer.concat(chunks).toString() }
}

function hasCode(code: string): (error: unknown) => boolean {
  return (error) => isSshMcpError(error) && error.code === code
}
