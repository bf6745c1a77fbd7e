import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js'
import { clientGone } from './client-gone.ts'
import { createMcpServer, type McpServerDeps } from './mcp-server.ts'
import { RunningCalls } from './running-calls.ts'

/** Running calls may end their commands and write their last words for this long after the client has gone. */
const drainMilliseconds = 1500

export interface StdioService {
  /** Resolves when the client has gone (end of stdin, of whoever reads stdout, or of what can be understood) or the process was told to stop (SIGTERM, SIGINT). */
  readonly ended: Promise<void>
  /** Cancels what runs and waits a little for it to be recorded. */
  stop(): Promise<void>
}

/** Speaks MCP on stdin and stdout, which carry protocol lines and nothing else. */
export async function serveStdio<S>(deps: McpServerDeps<S>): Promise<StdioService> {
  const running = new RunningCalls(deps.onError)
  const server = createMcpServer({ ...deps, pipeline: running.watched(deps.pipeline) })
  const ended = clientGone(server)
  await server.connect(new StdioServerTransport())
  return {
    ended,
    async stop() {
      await server.close()
      await running.settled(drainMilliseconds)
    },
  }
}
