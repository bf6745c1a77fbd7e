import type { Server } from '@modelcontextprotocol/sdk/server/index.js'
import type { RequestHandlerExtra } from '@modelcontextprotocol/sdk/shared/protocol.js'
import type {
  CallToolRequest,
  CallToolResult,
  ElicitRequestFormParams,
  ServerNotification,
  ServerRequest,
} from '@modelcontextprotocol/sdk/types.js'
import { formWithChoices, formWithDefaults, png, schemaOf2020, textResource, wav } from './fixture-content.ts'

type Extra = RequestHandlerExtra<ServerRequest, ServerNotification>
type Content = CallToolResult['content'][number]
type Fixture = (server: Server, args: Readonly<Record<string, unknown>>, extra: Extra) => Promise<CallToolResult>

const text = (words: string): Content => ({ type: 'text', text: words })
const image: Content = { type: 'image', data: png, mimeType: 'image/png' }
const resource = (uri: string): Content => ({ type: 'resource', resource: textResource(uri, 'For the suite.') })
const gives =
  (...content: readonly Content[]): Fixture =>
  async () => ({ content: [...content] })

const fixtures: Readonly<Record<string, Fixture>> = {
  test_simple_text: gives(text('This is a simple text response for testing.')),
  test_image_content: gives(image),
  test_audio_content: gives({ type: 'audio', data: wav, mimeType: 'audio/wav' }),
  test_embedded_resource: gives(resource('test://embedded-resource')),
  test_multiple_content_types: gives(text('Several:'), image, resource('test://mixed-content-resource')),
  test_error_handling: async () => ({
    content: [text('This tool intentionally returns an error for testing')],
    isError: true,
  }),
  json_schema_2020_12_tool: async (_, args) => ({ content: [text(JSON.stringify(args))] }),
  async test_tool_with_logging(_, __, extra) {
    for (const data of ['Tool execution started', 'Tool processing data', 'Tool execution completed']) {
      await extra.sendNotification({ method: 'notifications/message', params: { level: 'info', data } })
    }
    return { content: [text('logged')] }
  },
  async test_tool_with_progress(_, __, extra) {
    const progressToken = extra._meta?.progressToken ?? 0
    for (const progress of [0, 50, 100]) {
      const params = { progressToken, progress, total: 100 }
      await extra.sendNotification({ method: 'notifications/progress', params })
    }
    return { content: [text(String(progressToken))] }
  },
  async test_sampling(server, { prompt }, { requestId }) {
    const content = { type: 'text' as const, text: String(prompt) }
    const asked = { messages: [{ role: 'user' as const, content }], maxTokens: 100 }
    const answer = await server.createMessage(asked, { relatedRequestId: requestId })
    return { content: [text(`LLM response: ${JSON.stringify(answer.content)}`)] }
  },
  test_elicitation: (server, { message }, extra) =>
    ask(server, extra, String(message), {
      type: 'object',
      properties: { response: { type: 'string', description: "User's response" } },
      required: ['response'],
    }),
  test_elicitation_sep1034_defaults: (server, _, extra) => ask(server, extra, 'Defaults', formWithDefaults),
  test_elicitation_sep1330_enums: (server, _, extra) => ask(server, extra, 'Choices', formWithChoices),
}

async function ask(
  server: Server,
  { requestId }: Extra,
  message: string,
  requestedSchema: ElicitRequestFormParams['requestedSchema'],
): Promise<CallToolResult> {
  const asked = { mode: 'form' as const, message, requestedSchema }
  const { action, content } = await server.elicitInput(asked, { relatedRequestId: requestId })
  return { content: [text(`User response: action=${action}, content=${JSON.stringify(content ?? {})}`)] }
}

/** The suite's tools as they are listed. */
export const fixtureTools = Object.keys(fixtures).map((name) => ({
  ...{ name, description: 'One of the suite' },
  inputSchema: name === 'json_schema_2020_12_tool' ? schemaOf2020 : { type: 'object' as const },
}))

/** Runs one of them. */
export function callFixture(server: Server, params: CallToolRequest['params'], extra: Extra): Promise<CallToolResult> {
  const fixture = fixtures[params.name]
  if (fixture === undefined) throw new Error(`the suite calls ${params.name}, which has no fixture`)
  return fixture(server, params.arguments ?? {}, extra)
}
