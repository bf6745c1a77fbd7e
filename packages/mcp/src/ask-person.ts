import type { Server } from '@modelcontextprotocol/sdk/server/index.js'
import { ErrorCode, McpError } from '@modelcontextprotocol/sdk/types.js'
import type { AskPerson, Question } from '@sshmcp/pipeline'

/** The call in whose course a person is asked. */
export interface AskingCall {
  readonly signal: AbortSignal
  /** Over HTTP the question goes out on the stream of this request. */
  readonly requestId: string | number
}

/** MCP elicitation in form mode as the road's way to ask; undefined where the client does not offer it. */
export function askPerson(server: Server, { signal, requestId }: AskingCall): AskPerson | undefined {
  const offered = server.getClientCapabilities()?.elicitation
  // Clients of 2025-06-18 say `{}` and mean forms; later ones that offer only URLs say so.
  const takesForms = offered !== undefined && (offered.form !== undefined || offered.url === undefined)
  if (!takesForms) return undefined
  return async (question) => {
    const params = { mode: 'form' as const, message: question.text, requestedSchema: schemaOf(question) }
    const options = { signal, timeout: patienceMs, relatedRequestId: requestId }
    // Nothing here is our fault: a client that cannot, nobody who answered, a call that was given up.
    const { action, content } = await server.elicitInput(params, options).catch(withoutAnswer)
    if (action !== 'accept') return { kind: action }
    const value = question.field === undefined ? '' : content?.[question.field.name]
    return { kind: 'accept', value: typeof value === 'string' ? value : '' }
  }
}

/** People read before they decide; an approval lasts ten minutes by default. */
const patienceMs = 600_000

function withoutAnswer(error: unknown): { readonly action: 'cancel' | 'failed'; readonly content?: undefined } {
  // The SDK says "timeout" of a call that was cancelled too.
  const isUnanswered = error instanceof McpError && error.code === ErrorCode.RequestTimeout
  return { action: isUnanswered ? 'cancel' : 'failed' }
}

function schemaOf({ field }: Question) {
  if (field === undefined) return { type: 'object' as const, properties: {} }
  const { name, title, description } = field
  return {
    type: 'object' as const,
    properties: { [name]: { type: 'string' as const, title, description, minLength: 1 } },
    required: [name],
  }
}
