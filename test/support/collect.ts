import type { ExecExit, ExecRequest, SshConnection } from '@sshmcp/transport'

/** A command's end with all its output. */
export interface Collected {
  readonly exit: ExecExit
  readonly stdout: Buffer
  readonly stderr: Buffer
}

/** Runs a line on a connection and keeps everything it prints. */
export async function runLine(
  connection: SshConnection,
  line: string,
  more: Partial<ExecRequest> & { readonly signal?: AbortSignal } = {},
): Promise<Collected> {
  const chunks: Record<'stdout' | 'stderr', Buffer[]> = { stdout: [], stderr: [] }
  const { signal = new AbortController().signal, ...request } = more
  const exit = await connection.exec(
    { line, stdin: '', needsServedShell: false, ...request },
    {
      write(stream, bytes) {
        chunks[stream].push(Buffer.from(bytes))
      },
    },
    signal,
  )
  return { exit, stdout: Buffer.concat(chunks.stdout), stderr: Buffer.concat(chunks.stderr) }
}
