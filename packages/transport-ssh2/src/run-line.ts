import type { Host } from '@sshmcp/kernel'
import {
  abortGraceSeconds,
  type ExecExit,
  type ExecRequest,
  maxLineBytes,
  type OutputSink,
  type OutputStream,
  type RemoteProcess,
  transportErrors,
} from '@sshmcp/transport'
import { type ConnectionLife, lost, openExec } from './exec-open.ts'
import { runChannel } from './exec-run.ts'
import type { LoginShells } from './login-shells.ts'
import { type FencedLine, FenceReader, type FenceReport } from './process-fence.ts'
import { abortable, aborted, atMost } from './waiting.ts'

/** How long an abort works at ending the process: with the waits below it stays within `abortGraceSeconds`. */
export const endMs = (abortGraceSeconds - 1) * 1000
/** How long an abort waits for a host to report the process id of a command that was just sent. */
export const reportMs = 1_000
/** How long an abort waits for output that is under way. */
const lastOutputMs = 300
const mostAnswerBytes = 16_384

/** A command on its way, apart from what is sent. */
export interface FencedRun {
  readonly stdin: ExecRequest['stdin']
  readonly sink: OutputSink
  /** Told once what the fence said; never for a host that does not report. */
  readonly onReport: (report: FenceReport) => void
  /** Ends the process and says what became of it. Never throws. */
  readonly end: () => Promise<RemoteProcess>
}

/** Takes a fence's report: the process id for whoever waits for it, the login shell for the next command. */
export function awaitReport(shells: LoginShells, host: Host) {
  let report = (_pid: string | undefined): void => {}
  const reported = new Promise<string | undefined>((resolve) => {
    report = resolve
  })
  const onReport = ({ pid, shellPath }: FenceReport): void => {
    report(pid)
    if (shellPath !== '') shells.note(host, shellPath)
  }
  return { reported, onReport }
}

/**
 * Runs a fenced line on a channel of its own.
 *
 * @throws as `SshConnection.exec`
 */
export async function runFenced(
  life: ConnectionLife,
  { line, marker }: FencedLine,
  run: FencedRun,
  signal: AbortSignal,
): Promise<ExecExit> {
  const reader = new FenceReader(marker, run.onReport)
  const channel = await openExec(life, line, signal)
  if (channel === undefined) return { exitCode: null, signal: null, remoteProcess: 'unknown' }
  const exit = runChannel(channel, run.stdin, { sink: run.sink, fence: reader }, life)
  return untilEnd(exit, signal, async () => {
    const remoteProcess = (await atMost(run.end(), endMs + 100)) ?? 'unknown'
    channel.close()
    return remoteProcess
  })
}

/** Runs a constant line of ours, without a fence, and returns what it prints. */
export async function runPlain(
  life: ConnectionLife,
  line: string,
  stdin: string | Uint8Array,
  signal: AbortSignal,
): Promise<string> {
  const channel = await openExec(life, line, signal)
  if (channel === undefined) throw lost(life)
  const { sink, text } = collect()
  const exit = runChannel(channel, stdin, { sink, fence: undefined }, life)
  try {
    await abortable(exit, signal, () => lost(life))
  } finally {
    channel.close()
  }
  return text()
}

/** A small answer to a question of ours; what goes beyond it is dropped. */
export function collect(): { readonly sink: OutputSink; readonly text: () => string } {
  const chunks: Buffer[] = []
  let size = 0
  const write = (stream: OutputStream, bytes: Uint8Array) => {
    if (stream !== 'stdout' || size >= mostAnswerBytes) return
    size += bytes.length
    chunks.push(Buffer.from(bytes))
  }
  return { sink: { write }, text: () => Buffer.concat(chunks).toString('utf8') }
}

/** @throws TRANSPORT_COMMAND_TOO_LONG */
export function requireShort(line: string): void {
  refuseOver(maxLineBytes, line, 'a Linux host starts')
}

/**
 * The host sends the certificate back when it takes it, and a packet may have 35,000 bytes (RFC 4253 §6.1; ssh2 takes no
 * more): what stands beside the line needs less than the difference.
 */
const maxForcedBytes = 32_768

/** @throws TRANSPORT_COMMAND_TOO_LONG for a line that no certificate can hold */
export function requireForcible(line: string): void {
  refuseOver(maxForcedBytes, line, 'a certificate holds')
}

function refuseOver(most: number, line: string, who: string): void {
  const length = Buffer.byteLength(line)
  if (length <= most) return
  throw transportErrors.error('TRANSPORT_COMMAND_TOO_LONG', {
    message: `The command line has ${length} bytes; ${who} at most ${most}. Nothing was run.`,
  })
}

/** The exit of a command, or what an abort makes of it. */
async function untilEnd(
  exit: Promise<ExecExit>,
  signal: AbortSignal,
  end: () => Promise<RemoteProcess>,
): Promise<ExecExit> {
  const abort = aborted(signal)
  // Stopped when the exit is an error too: a signal with a listener is never given back while its sources live.
  const first = await Promise.race([exit, abort.promise]).finally(abort.stop)
  if (first !== 'aborted') return first
  const remoteProcess = await end()
  // The output that was under way is delivered, but a channel that stays open does not hold up the answer.
  await atMost(
    exit.catch(() => undefined),
    lastOutputMs,
  )
  return { exitCode: null, signal: null, remoteProcess }
}
