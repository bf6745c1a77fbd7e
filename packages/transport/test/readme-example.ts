import { type Host, parseHostId } from '@sshmcp/kernel'
import type { SshTransport } from '@sshmcp/transport'
import { ScriptedTransport } from '@sshmcp/transport/testing'

/** Works over any transport: ssh2, or a script in a test. */
export async function diskUsage(transport: SshTransport, host: Host, signal: AbortSignal): Promise<string> {
  const connection = await transport.connect(host, signal)
  try {
    const output: string[] = []
    const sink = { write: (_stream: string, bytes: Uint8Array) => void output.push(new TextDecoder().decode(bytes)) }
    const { exitCode, signal: endedBy } = await connection.exec(
      { line: 'df -h', stdin: '', needsServedShell: false },
      sink,
      signal,
    )
    return `${connection.facts.login}: ${output.join('')}(${endedBy ?? exitCode})`
  } finally {
    await connection.close()
  }
}

export const script = new ScriptedTransport(({ line }) => (line === 'df -h' ? { stdout: '/ 42%\n' } : undefined))
export const hostId = parseHostId('web-1')
