import { once } from 'node:events'
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js'
import type { JSONRPCMessage } from '@modelcontextprotocol/sdk/types.js'
import type { Secret } from '@sshmcp/kernel'

export interface ForwardOptions {
  /** The `/mcp` of an HTTP server. */
  readonly url: URL
  readonly token: Secret
  readonly onError: (error: unknown) => void
}

/** Carries MCP between stdin and stdout and an HTTP server, adding the token; resolves when the client has gone. */
export async function forwardStdio({ url, token, onError }: ForwardOptions): Promise<void> {
  const near = new StdioServerTransport()
  const headers = { authorization: `Bearer ${token.reveal()}` }
  const far = new StreamableHTTPClientTransport(url, { requestInit: { headers } })
  near.onerror = onError
  far.onerror = onError
  near.onmessage = (message) => {
    far.send(message).catch((error) => {
      onError(error)
      const refusal = refusalOf(message)
      if (refusal !== undefined) near.send(refusal).catch(onError)
    })
  }
  far.onmessage = (message) => {
    const version = versionIn(message)
    if (version !== undefined) far.setProtocolVersion(version)
    near.send(message).catch(onError)
  }
  const gone = Promise.race([once(process.stdin, 'end'), once(process, 'SIGTERM'), once(process, 'SIGINT')])
  await far.start()
  await near.start()
  await gone
  // So that the server need not wait for the session to grow old; it may be gone itself.
  await far.terminateSession().catch(onError)
  await far.close()
}

function refusalOf(message: JSONRPCMessage): JSONRPCMessage | undefined {
  if (!('method' in message && 'id' in message)) return undefined
  const text = 'The server could not be reached or refused the token; the log of `sshmcp connect` says why.'
  return { jsonrpc: '2.0', id: message.id, error: { code: -32000, message: text } }
}

/** The version that the server's answer to `initialize` settles on: later requests have to name it. */
function versionIn(message: JSONRPCMessage): string | undefined {
  if (!('result' in message)) return undefined
  const { protocolVersion } = message.result
  return typeof protocolVersion === 'string' ? protocolVersion : undefined
}
