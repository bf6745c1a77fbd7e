import type { Server } from '@modelcontextprotocol/sdk/server/index.js'
import { WebStandardStreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js'
import { type Clock, type Principal, Secret, type UserId } from '@sshmcp/kernel'
import { createMcpServer, type McpServerDeps } from '../mcp-server.ts'
import { RunningCalls } from '../running-calls.ts'
import { McpSession } from './mcp-session.ts'
import { SessionBook, type SessionLimits } from './session-book.ts'

/** What a request showed, and whom it was found to belong to. */
export interface Shown {
  readonly principal: Principal
  readonly token: Secret
}

export interface McpEndpointDeps<S> extends Pick<McpServerDeps<S>, 'pipeline' | 'name' | 'version' | 'onError'> {
  readonly clock: Clock
  /** Names that nobody can guess. */
  readonly newSessionId: () => string
  readonly limits?: Partial<SessionLimits>
  readonly maxBodyBytes: number
  /** Registers more on each session's server. Tests bring their fixtures this way. */
  readonly extend?: (server: Server) => void
}

/** Streamable HTTP, with sessions that belong to identities. */
export interface McpEndpoint {
  /** Answers one request of somebody who has been authenticated. */
  handle(request: Request, shown: Shown): Promise<Response>
  readonly sessions: number
  /** Ends the sessions of one identity. */
  closeFor(userId: UserId): Promise<void>
  /** Ends sessions that nobody uses any more. */
  endIdle(): Promise<void>
  /** Lets running calls finish for so long, cancels the rest, and waits for their records. */
  settle(patienceMs: number): Promise<void>
  /** Ends all sessions with their streams. */
  close(): Promise<void>
}

const defaultLimits: SessionLimits = { perIdentity: 64, total: 1000, idleMs: 30 * 60_000 }

/** After a cancel: a command is ended on its host and looked for within five seconds, and then its outcome is written. */
const cancelPatienceMs = 8_000

/** Builds the endpoint; authenticating, Host and Origin, sizes and rates are the part of whoever mounts it. */
export function createMcpEndpoint<S>(deps: McpEndpointDeps<S>): McpEndpoint {
  const book = new SessionBook({ ...defaultLimits, ...deps.limits })
  const running = new RunningCalls(deps.onError)
  const pipeline = running.watched(deps.pipeline)

  const open = async (owner: UserId): Promise<McpSession> => {
    const server = createMcpServer({ ...deps, pipeline, credential: bearer })
    deps.extend?.(server)
    const transport: WebStandardStreamableHTTPServerTransport = new WebStandardStreamableHTTPServerTransport({
      sessionIdGenerator: deps.newSessionId,
      onsessioninitialized: (id) => book.add(id, session),
      onsessionclosed: (id) => book.delete(id),
      maxRequestBodySize: deps.maxBodyBytes,
    })
    const session: McpSession = new McpSession({ server, transport }, owner, deps.clock)
    await server.connect(transport)
    return session
  }

  return {
    async handle(request, { principal, token }) {
      const id = request.headers.get('mcp-session-id')
      if (id !== null) {
        const session = book.find(id, principal.userId)
        return session === undefined
          ? refusal(404, -32001, 'Session not found')
          : session.handle(request, token.reveal())
      }
      const place = await book.place(principal.userId)
      if (place === undefined) return refusal(429, -32000, 'Too many sessions are open')
      try {
        return await (await open(principal.userId)).handle(request, token.reveal())
      } finally {
        place.giveBack()
      }
    },
    get sessions() {
      return book.size
    },
    closeFor: (userId) => book.endWhere(({ owner }) => owner === userId),
    endIdle: () => book.endIdle(),
    async settle(patienceMs) {
      await running.settled(patienceMs)
      running.cancel()
      await running.settled(cancelPatienceMs)
    },
    close: () => book.endWhere(() => true),
  }
}

function bearer(shown: string | undefined) {
  return { kind: 'bearer' as const, token: new Secret(shown ?? '') }
}

function refusal(status: number, code: number, message: string): Response {
  const headers = status === 429 ? { 'retry-after': '30' } : {}
  return Response.json({ jsonrpc: '2.0', error: { code, message }, id: null }, { status, headers })
}
