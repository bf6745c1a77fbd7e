import type { ExecExit, OutputSink, OutputStream } from '@sshmcp/transport'
import type { ClientChannel } from 'ssh2'
import { type ConnectionLife, lost } from './exec-open.ts'
import type { FenceReader } from './process-fence.ts'

/**
 * Feeds a started command and takes its output, both streams at once, until the channel is closed. While the sink is behind,
 * the stream is paused, ssh2 stops widening the window and the host waits.
 *
 * @throws TRANSPORT_CONNECTION_LOST; what the sink throws
 */
export function runChannel(
  channel: ClientChannel,
  stdin: string | Uint8Array,
  output: { readonly sink: OutputSink; readonly fence: FenceReader | undefined },
  life: ConnectionLife,
): Promise<ExecExit> {
  // `close` repeats what `exit` said; an `exit` that came in the same packet as the reply to exec is over before we listen.
  const closed = new Promise<ExecExit | undefined>((resolve) => {
    channel.once('close', (code?: number | null, signal?: string) => {
      resolve(code === undefined ? undefined : { exitCode: code, signal: signal?.replace(/^SIG/, '') ?? null })
    })
  })
  const { sink, fence } = output
  const stdout = drain(channel, (chunk) => forward(sink, 'stdout', fence === undefined ? chunk : fence.take(chunk)))
  const stderr = drain(channel.stderr, (chunk) => forward(sink, 'stderr', chunk))
  channel.end(stdin)
  // ssh2 ends the stream once more when it destroys it, for which Node makes an error that nobody is given.
  channel.destroy = () => {
    channel.close()
    return channel
  }
  return Promise.all([closed, stdout, stderr]).then(async ([exit]) => {
    const rest = fence?.end()
    if (rest !== undefined) await forward(sink, 'stdout', rest)
    if (exit === undefined && life.isGone()) throw lost(life)
    return exit ?? { exitCode: null, signal: null }
  })
}

function forward(sink: OutputSink, stream: OutputStream, bytes: Buffer): void | Promise<void> {
  return bytes.length === 0 ? undefined : sink.write(stream, bytes)
}

/** Hands every chunk on, one at a time; resolves when the stream has ended and the last chunk was taken. */
function drain(stream: NodeJS.ReadableStream, take: (chunk: Buffer) => void | Promise<void>): Promise<void> {
  return new Promise((resolve, reject) => {
    let pending: Promise<void> | undefined
    stream.on('data', (chunk: Buffer) => {
      try {
        const taken = take(chunk)
        if (taken === undefined) return
        stream.pause()
        pending = taken.then(() => {
          pending = undefined
          stream.resume()
        })
        pending.catch(reject)
      } catch (error) {
        reject(error)
      }
    })
    stream.on('error', reject)
    stream.once('end', () => resolve(pending))
  })
}
