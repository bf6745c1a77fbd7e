import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js'
import { ElicitRequestSchema } from '@modelcontextprotocol/sdk/types.js'
import { formAnswers } from './form-answers.ts'

/** What a call came to, as a client sees it. */
export interface ClientReply {
  readonly isError: boolean
  /** The structured content. */
  readonly data: Readonly<Record<string, unknown>>
  readonly text: string
}

/** A form that the server puts before the person at the client. */
export interface ClientForm {
  readonly text: string
  /** The names of its fields; empty for a question of yes or no. */
  readonly fields: readonly string[]
}

/** What the person did with a form. */
export type ClientFormAnswer =
  | { readonly action: 'accept'; readonly content: Readonly<Record<string, string>> }
  | { readonly action: 'decline' | 'cancel' }

export interface StdioClient {
  listTools(): Promise<readonly string[]>
  call(tool: string, args: Readonly<Record<string, unknown>>): Promise<ClientReply>
  close(): Promise<void>
}

export interface StdioClientOptions {
  readonly command: string
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string>>
  readonly onStderr?: (text: string) => void
  /** Plays the person at the client; without it the client offers no forms. */
  readonly onForm?: (form: ClientForm) => ClientFormAnswer
}

/** Starts a stdio server as an editor does and speaks to it with the SDK's own client. */
export async function connectStdioClient(options: StdioClientOptions): Promise<StdioClient> {
  const transport = new StdioClientTransport({
    command: options.command,
    args: [...options.args],
    env: { ...options.env },
    stderr: 'pipe',
  })
  transport.stderr?.on('data', (chunk: Buffer) => options.onStderr?.(chunk.toString('utf8')))
  const client = aClient(options.onForm)
  await client.connect(transport)
  return {
    async listTools() {
      return (await client.listTools()).tools.map(({ name }) => name)
    },
    async call(tool, args) {
      const result = await client.callTool({ name: tool, arguments: { ...args } })
      const [first] = Array.isArray(result.content) ? result.content : []
      return {
        isError: result.isError === true,
        data: isRecord(result.structuredContent) ? result.structuredContent : {},
        text: first?.type === 'text' ? first.text : '',
      }
    },
    close: () => client.close(),
  }
}

function aClient(onForm: StdioClientOptions['onForm']): Client {
  const capabilities = onForm === undefined ? {} : { elicitation: { form: {} } }
  const client = new Client({ name: 'sshmcp-client', version: '1' }, { capabilities, jsonSchemaValidator: formAnswers })
  if (onForm !== undefined) {
    client.setRequestHandler(ElicitRequestSchema, ({ params }) => {
      const fields = 'requestedSchema' in params ? Object.keys(params.requestedSchema.properties) : []
      const answer = onForm({ text: params.message, fields })
      return answer.action === 'accept' ? { action: 'accept', content: { ...answer.content } } : answer
    })
  }
  return client
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
