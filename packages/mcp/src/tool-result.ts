import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js'
import type { Reply } from '@sshmcp/pipeline'

/**
 * A reply as MCP carries it. The text block repeats the structured content, since some clients hand a model only one of
 * the two (VS Code takes the structured one).
 */
export function toolResult(reply: Reply): CallToolResult {
  const meta = { ...reply.meta }
  if (reply.isError) {
    return {
      isError: true,
      content: [{ type: 'text', text: `${reply.error.message} ${reply.error.next}` }],
      structuredContent: { error: reply.error },
      _meta: meta,
    }
  }
  return {
    content: [{ type: 'text', text: JSON.stringify(reply.result) }],
    structuredContent: { ...reply.result },
    _meta: meta,
  }
}
