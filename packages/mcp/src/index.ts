export { createMcpServer, type McpServerDeps } from './mcp-server.ts'
export { type OpenedService, type RunStdioOptions, runStdio } from './run-stdio.ts'
export { type StdioService, serveStdio } from './serve-stdio.ts'
export { toolResult } from './tool-result.ts'
