import type { Server } from '@modelcontextprotocol/sdk/server/index.js'
import {
  type LoggingLevel,
  LoggingLevelSchema,
  type ServerNotification,
  SetLevelRequestSchema,
} from '@modelcontextprotocol/sdk/types.js'
import type { Reply } from '@sshmcp/pipeline'

const levels: readonly LoggingLevel[] = LoggingLevelSchema.options

/**
 * A client's log of its own calls: how each ended, for people who look over the assistant's shoulder. Nothing is sent before
 * the client names a level. What a call was given or what it printed is never in it.
 */
export class CallLog {
  #from: LoggingLevel | undefined

  /** Answers `logging/setLevel` on this server. */
  constructor(server: Server) {
    server.setRequestHandler(SetLevelRequestSchema, ({ params }) => {
      this.#from = params.level
      return {}
    })
  }

  /** The line about a call; undefined when the client wants none of its level. */
  lineOf(tool: string, reply: Reply): ServerNotification | undefined {
    const level = reply.isError ? 'warning' : 'info'
    if (this.#from === undefined || levels.indexOf(level) < levels.indexOf(this.#from)) return undefined
    const ending = reply.isError
      ? { outcome: 'refused or failed', code: reply.error.code, audit_id: reply.error.audit_id }
      : { outcome: 'done' }
    return { method: 'notifications/message', params: { level, logger: 'calls', data: { tool, ...ending } } }
  }
}
