import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js'
import type { JSONRPCMessage } from '@modelcontextprotocol/sdk/types.js'
import type { Secret } from '@sshmcp/kernel'
import { clientGone } from './client-gone.ts'
import { ForwardedSession } from './forwarded-session.ts'

export interface ForwardOptions {
  /** The `/mcp` of an HTTP server. */
  readonly url: URL
  readonly token: Secret
  /** Told why something did not get there or back. */
  readonly onError: (reason: string) => void
}

/** Carries MCP between stdin and stdout and an HTTP server, adding the token; resolves when the client has gone. */
export async function forwardStdio({ url, token, onError: tell }: ForwardOptions): Promise<void> {
  const onError = (error: unknown): void => tell(reasonOf(error))
  const near = new StdioServerTransport()
  const answer = (message: JSONRPCMessage): void => void near.send(message).catch(onError)
  const headers = { authorization: `Bearer ${token.reveal()}` }
  const far = new ForwardedSession({ url, headers, onMessage: answer, onError })
  near.onerror = onError
  near.onmessage = (message) => {
    // What went wrong the transport has told already.
    far.send(message).catch((error) => {
      const refusal = refusalOf(message, reasonOf(error))
      if (refusal !== undefined) answer(refusal)
    })
  }
  const gone = clientGone(near)
  await far.start()
  await near.start()
  await gone
  await far.close()
}

/** The person at the editor sees what the server said, and the assistant what to do. */
function refusalOf(message: JSONRPCMessage, reason: string): JSONRPCMessage | undefined {
  if (!('method' in message && 'id' in message)) return undefined
  return { jsonrpc: '2.0', id: message.id, error: { code: -32000, message: reason } }
}

/** The words of the server where it refused with some; else what failed on the way, which stands in the cause. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const refused = /"message":("(?:[^"\\]|\\.)*"),"next":("(?:[^"\\]|\\.)*")/.exec(error.message)
  if (refused !== null) return `${JSON.parse(refused[1] ?? '""')} ${JSON.parse(refused[2] ?? '""')}`
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message
}
