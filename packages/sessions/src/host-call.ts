import { type Clock, isSshMcpError, runsOneCommand } from '@sshmcp/kernel'
import {
  type ConnectionFacts,
  type ExecExit,
  type RemoteProcess,
  type SshConnection,
  transportErrors,
} from '@sshmcp/transport'
import type { CapturedOutput } from './captured-output.ts'
import { sessionErrors } from './errors.ts'
import type { HostLink } from './host-link.ts'
import type { Command, ExecOptions } from './owned-hosts.ts'
import { sameWay } from './same-way.ts'

/** How a command ended, before its output is shown. */
export interface CallEnd {
  readonly exitCode: number | null
  readonly signal: string | null
  readonly durationMs: number
  readonly timedOut: boolean
  readonly cancelled: boolean
  readonly remoteProcess: RemoteProcess | undefined
  readonly connection: ConnectionFacts
}

export interface CallParts {
  readonly link: HostLink
  readonly clock: Clock
  readonly output: CapturedOutput
  /** Fires when the owner's things are closed. */
  readonly closing: AbortSignal
}

/**
 * Runs one command over a link and stays true whatever happens: the wall clock runs from the call, a dead connection is
 * replaced once and only before anything was sent, and after an abort the answer says what became of the remote process.
 *
 * @throws as `OwnedHosts.exec`
 */
export async function callHost(parts: CallParts, command: Command, options: ExecOptions): Promise<CallEnd> {
  const { link, clock, output, closing } = parts
  const start = clock.monotonic()
  const deadline = new AbortController()
  const timer = setTimeout(() => deadline.abort(), command.timeoutSeconds * 1000)
  const signal = AbortSignal.any([options.signal, closing, deadline.signal])
  try {
    const { exit, facts } = await link.use(() => sendOnce(parts, command, options, signal))
    const wasAborted = exit.remoteProcess !== undefined
    return {
      exitCode: exit.exitCode,
      signal: exit.signal,
      durationMs: Math.round(clock.monotonic() - start),
      timedOut: wasAborted && !options.signal.aborted && !closing.aborted,
      cancelled: wasAborted && (options.signal.aborted || closing.aborted),
      remoteProcess: exit.remoteProcess,
      connection: facts,
    }
  } catch (error) {
    // A failure keeps its name; what an abort made of a call that had sent nothing gets the abort's.
    const isAbort = error === signal.reason || hasCode(error, 'TRANSPORT_CANCELLED')
    throw signal.aborted && isAbort ? abortError(parts, command, options) : error
  } finally {
    clearTimeout(timer)
    output.end()
  }
}

type Sent = { readonly exit: ExecExit; readonly facts: ConnectionFacts }

async function sendOnce(parts: CallParts, command: Command, options: ExecOptions, signal: AbortSignal): Promise<Sent> {
  const { link, output } = parts
  // Only there: a connection that others use as well is not for one line.
  const purpose =
    options.purpose && runsOneCommand(link.host) ? { ...options.purpose, line: command.line } : options.purpose
  const connection = await link.connection(signal, purpose)
  await options.onConnected?.(connection.facts)
  const send = async (over: SshConnection): Promise<Sent> => {
    return { exit: await link.exec(over, command, output.sink, signal), facts: over.facts }
  }
  try {
    return await send(connection)
  } catch (error) {
    if (!hasCode(error, 'TRANSPORT_CONNECTION_DEAD') || signal.aborted || !link.mayReconnect) throw error
    await link.drop(connection)
    const fresh = await link.connection(signal, purpose)
    // What was announced must be what runs: another host key or login would not be.
    if (!sameWay(fresh.facts, connection.facts)) throw error
    return send(fresh)
  }
}

function hasCode(error: unknown, code: string): boolean {
  return isSshMcpError(error) && error.code === code
}

function abortError({ closing, link }: CallParts, command: Command, options: ExecOptions): Error {
  if (closing.aborted) {
    return sessionErrors.error('SESSION_CLOSED', { message: 'The server is closing its connections. Nothing was run.' })
  }
  if (options.signal.aborted) {
    return transportErrors.error('TRANSPORT_CANCELLED', { message: 'The call was cancelled before anything was sent.' })
  }
  const after = `within the ${command.timeoutSeconds} s that the command has in all`
  return link.isConnected
    ? sessionErrors.error('SESSION_BUSY', {
        message: `No channel to ${link.host.hostId} was free ${after}. Nothing was run.`,
      })
    : transportErrors.error('TRANSPORT_CONNECT_TIMEOUT', {
        message: `${link.host.hostId} was not connected ${after}. Nothing was run.`,
      })
}
