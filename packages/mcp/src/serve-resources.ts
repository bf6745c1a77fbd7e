import type { Server } from '@modelcontextprotocol/sdk/server/index.js'
import {
  CompleteRequestSchema,
  ErrorCode,
  ListResourcesRequestSchema,
  ListResourceTemplatesRequestSchema,
  McpError,
  ReadResourceRequestSchema,
} from '@modelcontextprotocol/sdk/types.js'
import type { Reply } from '@sshmcp/pipeline'
import { completions, type Reading, readingOf, resourceList, resourceTemplateList } from './resource-uris.ts'

/** Makes a call on the one road: authorised, redacted and in the journal like any other. */
export type CallTool = (reading: Reading, asked: Asked) => Promise<Reply>

/** Who asks, by the token that came with the request over HTTP, and when they no longer wait. */
interface Asked {
  readonly signal: AbortSignal
  readonly authInfo?: { readonly token: string } | undefined
}

/** The protocol lets a server send a hundred at most. */
const mostValues = 100

/**
 * Resources and completions. Each is a call of the tool that tells the same, so a caller sees here what they may see there
 * and nothing else; only the fixed lists of what there is to read cost no call.
 */
export function serveResources(server: Server, call: CallTool): void {
  server.setRequestHandler(ListResourcesRequestSchema, () => ({ resources: resourceList }))
  server.setRequestHandler(ListResourceTemplatesRequestSchema, () => ({ resourceTemplates: resourceTemplateList }))
  server.setRequestHandler(ReadResourceRequestSchema, async ({ params: { uri } }, asked) => {
    const reading = readingOf(uri)
    if (reading === undefined) throw new McpError(ErrorCode.InvalidParams, 'There is no such resource.', { uri })
    const reply = await call(reading, asked)
    if (reply.isError)
      throw new McpError(ErrorCode.InvalidParams, `${reply.error.message} ${reply.error.next}`, { uri })
    return { contents: [{ uri, mimeType: 'application/json', text: JSON.stringify(reply.result) }] }
  })
  server.setRequestHandler(CompleteRequestSchema, async ({ params: { argument } }, asked) => {
    const source = Object.hasOwn(completions, argument.name) ? completions[argument.name] : undefined
    const all = source === undefined ? [] : valuesIn(await call(source, asked), source.list, argument.name)
    const fitting = all.filter((value) => value.startsWith(argument.value))
    return {
      completion: {
        values: fitting.slice(0, mostValues),
        total: fitting.length,
        hasMore: fitting.length > mostValues,
      },
    }
  })
}

/** A refusal completes nothing: what may not be listed may not be guessed letter by letter either. */
function valuesIn(reply: Reply, list: string, field: string): readonly string[] {
  const items = reply.isError ? [] : reply.result[list]
  if (!Array.isArray(items)) return []
  return items.flatMap((item: Readonly<Record<string, unknown>>) => {
    const value = item[field]
    return typeof value === 'string' ? [value] : []
  })
}
