export { httpErrors } from '../errors.ts'
export { faultLine } from '../fault-line.ts'
export { createMcpEndpoint, type McpEndpoint, type McpEndpointDeps, type Shown } from './mcp-endpoint.ts'
export type { SessionLimits } from './session-book.ts'
