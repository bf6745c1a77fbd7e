import type { Server } from '@modelcontextprotocol/sdk/server/index.js'
import type { WebStandardStreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js'
import type { Clock, UserId } from '@sshmcp/kernel'
import { whenOver } from './when-over.ts'

/** One client's session: it belongs to the identity that opened it and to nobody else. */
export class McpSession {
  readonly owner: UserId
  readonly #server: Server
  readonly #transport: WebStandardStreamableHTTPServerTransport
  readonly #clock: Clock
  #open = 0
  #lastUsed: number

  constructor(
    parts: { readonly server: Server; readonly transport: WebStandardStreamableHTTPServerTransport },
    owner: UserId,
    clock: Clock,
  ) {
    this.#server = parts.server
    this.#transport = parts.transport
    this.owner = owner
    this.#clock = clock
    this.#lastUsed = clock.monotonic()
  }

  /** Zero while an answer or a stream is open. */
  get idleMs(): number {
    return this.#open > 0 ? 0 : this.#clock.monotonic() - this.#lastUsed
  }

  get isInUse(): boolean {
    return this.#open > 0
  }

  async handle(request: Request, token: string): Promise<Response> {
    this.#open++
    try {
      const response = await this.#transport.handleRequest(request, { authInfo: { token, clientId: '', scopes: [] } })
      return whenOver(response, () => this.#leave())
    } catch (error) {
      this.#leave()
      throw error
    }
  }

  /** Cancels what it has running and ends its streams. */
  close(): Promise<void> {
    return this.#server.close()
  }

  #leave(): void {
    this.#open--
    this.#lastUsed = this.#clock.monotonic()
  }
}
