import { StreamableHTTPClientTransport, StreamableHTTPError } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import type { JSONRPCMessage } from '@modelcontextprotocol/sdk/types.js'

export interface ForwardedSessionDeps {
  readonly url: URL
  readonly headers: Readonly<Record<string, string>>
  readonly onMessage: (message: JSONRPCMessage) => void
  readonly onError: (error: unknown) => void
}

type Request = JSONRPCMessage & { readonly method: string; readonly id: string | number }

/** No client numbers its requests like this. */
const againId = 'sshmcp-connect-again'

/**
 * One client's session at an HTTP server. A server that was started anew knows no session of before: then the client's own
 * `initialize` is said again, and the request that found nobody is sent in the new one. The client notices nothing.
 */
export class ForwardedSession {
  readonly #deps: ForwardedSessionDeps
  #far: StreamableHTTPClientTransport
  #hello: Request | undefined
  #opening: Promise<void> | undefined

  constructor(deps: ForwardedSessionDeps) {
    this.#deps = deps
    this.#far = this.#transport()
  }

  start(): Promise<void> {
    return this.#far.start()
  }

  /** @throws what went wrong on the way, or that the server refused it */
  async send(message: JSONRPCMessage): Promise<void> {
    if (isRequest(message) && message.method === 'initialize') this.#hello = message
    const used = this.#far
    try {
      await used.send(message)
    } catch (error) {
      if (!isSessionGone(error) || !isRequest(message) || message === this.#hello) throw error
      await this.#openAgain(used)
      await this.#far.send(message)
    }
  }

  /** Ends the session here and at the server. */
  async close(): Promise<void> {
    // The server may be gone itself.
    await this.#far.terminateSession().catch(this.#deps.onError)
    await this.#far.close()
  }

  /** Once for all requests that found the same session gone. */
  async #openAgain(gone: StreamableHTTPClientTransport): Promise<void> {
    if (this.#far !== gone) return
    this.#opening ??= this.#open(gone).finally(() => {
      this.#opening = undefined
    })
    await this.#opening
  }

  async #open(gone: StreamableHTTPClientTransport): Promise<void> {
    if (this.#hello === undefined) throw new Error('The client has not said hello.')
    let welcomed = (): void => undefined
    const welcome = new Promise<void>((resolve) => {
      welcomed = resolve
    })
    const far = this.#transport(welcomed)
    await far.start()
    await far.send({ ...this.#hello, id: againId })
    await welcome
    await far.send({ jsonrpc: '2.0', method: 'notifications/initialized' })
    this.#far = far
    await gone.close()
  }

  #transport(onWelcome?: () => void): StreamableHTTPClientTransport {
    const { url, headers, onMessage, onError } = this.#deps
    const far = new StreamableHTTPClientTransport(url, { requestInit: { headers } })
    far.onerror = onError
    far.onmessage = (message) => {
      const version = versionIn(message)
      if (version !== undefined) far.setProtocolVersion(version)
      if ('id' in message && message.id === againId) onWelcome?.()
      else onMessage(message)
    }
    return far
  }
}

function isRequest(message: JSONRPCMessage): message is Request {
  return 'method' in message && 'id' in message
}

const isSessionGone = (error: unknown): boolean => error instanceof StreamableHTTPError && error.code === 404

/** The version that the server's answer to `initialize` settles on: later requests have to name it. */
function versionIn(message: JSONRPCMessage): string | undefined {
  if (!('result' in message)) return undefined
  const { protocolVersion } = message.result
  return typeof protocolVersion === 'string' ? protocolVersion : undefined
}
