import { randomUUID } from 'node:crypto'
import type { SshConnection } from '@sshmcp/transport'
import { expect, test } from 'vitest'
import { runLine } from './collect.ts'
import { eventually, processesWith } from './remote-processes.ts'

/** A number that sleep takes and nothing else on this machine has among its arguments. */
function uniqueSeconds(): string {
  return `600.${BigInt(`0x${randomUUID().replaceAll('-', '')}`)}`
}

/** Runs a line, waits until its processes are seen, aborts, and says what the transport said and what is true. */
export async function endIt(connection: SshConnection, makeLine: (seconds: string) => string, processes = 1) {
  const seconds = uniqueSeconds()
  const abort = new AbortController()
  const running = runLine(connection, makeLine(seconds), { signal: abort.signal })
  await eventually('the command to run', () => processesWith(seconds).length >= processes)
  abort.abort()
  const { exit } = await running
  return { said: exit.remoteProcess, left: processesWith(seconds).length }
}

/** What everybody wants to see of {@link endIt}. */
export const gone = { said: 'dead', left: 0 }

/** What every host and every login shell must give. */
export function endsEverything(connect: () => Promise<SshConnection>): void {
  test('a plain command, on the first call and on a later one', async () => {
    const connection = await connect()
    expect(await endIt(connection, (seconds) => `env sleep ${seconds}`)).toEqual(gone)
    expect(await endIt(connection, (seconds) => `env sleep ${seconds}`)).toEqual(gone)
    await connection.close()
  })

  test('a process that ignores TERM', async () => {
    const connection = await connect()
    const line = (seconds: string) => `sh -c 'trap "" TERM; sleep ${seconds}; sleep ${seconds}'`
    expect(await endIt(connection, line)).toEqual(gone)
    await connection.close()
  })

  test('children in the background and in a pipe', async () => {
    const connection = await connect()
    const line = (seconds: string) => `sh -c 'sleep ${seconds} & sleep ${seconds} | cat & wait'`
    expect(await endIt(connection, line, 2)).toEqual(gone)
    await connection.close()
  })

  test('a child with a session of its own', async () => {
    const connection = await connect()
    expect(await endIt(connection, (seconds) => `sh -c 'setsid sleep ${seconds} & sleep ${seconds}'`, 2)).toEqual(gone)
    await connection.close()
  })

  test('one that forked away, or says that it does not know', async () => {
    const connection = await connect()
    await runLine(connection, 'true')
    const line = (seconds: string) => `sh -c '(setsid sleep ${seconds} >/dev/null 2>&1 &); sleep ${seconds}'`
    const { said, left } = await endIt(connection, line, 2)
    expect(said === 'dead' ? left : 0).toBe(0)
    await connection.close()
  })

  test('and nothing of the commands beside it', async () => {
    const connection = await connect()
    const [mine, other] = [uniqueSeconds(), uniqueSeconds()]
    const abort = new AbortController()
    const otherAbort = new AbortController()
    const beside = runLine(connection, `env sleep ${other}`, { signal: otherAbort.signal })
    const running = runLine(connection, `env sleep ${mine}`, { signal: abort.signal })
    await eventually('both', () => processesWith(mine).length > 0 && processesWith(other).length > 0)
    abort.abort()
    expect((await running).exit.remoteProcess).toBe('dead')
    expect([processesWith(mine).length, processesWith(other).length]).toEqual([0, 1])
    otherAbort.abort()
    expect((await beside).exit.remoteProcess).toBe('dead')
    expect(processesWith(other).length).toBe(0)
    await connection.close()
  })
}
