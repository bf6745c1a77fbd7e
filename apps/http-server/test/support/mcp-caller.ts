type Json = Readonly<Record<string, unknown>>
export type Message = Readonly<{ id?: number; method?: string; params?: Json; result?: Json }>
type Headers = Readonly<Record<string, string>>

/** Something that answers requests: the app itself, or a server behind a socket. */
export type Answers = (path: string, init: RequestInit) => Promise<Response>

/** Speaks MCP to it by hand, so that a test sees status and headers. */
export class McpCaller {
  readonly #answers: Answers
  #id = 0

  constructor(answers: Answers) {
    this.#answers = answers
  }

  /** One JSON-RPC message to /mcp. */
  rpc(token: string | undefined, message: Json, headers: Headers = {}): Promise<Response> {
    return this.#answers('/mcp', {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/json, text/event-stream',
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...headers,
      },
      body: JSON.stringify({ jsonrpc: '2.0', ...message }),
    })
  }

  /** Opens a session and gives its id. */
  async open(token: string, capabilities: Json = {}): Promise<string> {
    const response = await this.rpc(token, this.#initialize(capabilities))
    const id = response.headers.get('mcp-session-id')
    if (id === null) throw new Error(`no session: ${response.status} ${await response.text()}`)
    await response.text()
    return id
  }

  /** Opens a session by a request whose body comes when it is time. */
  openSlowly(token: string, isTime: Promise<void>): Promise<Response> {
    const text = JSON.stringify({ jsonrpc: '2.0', ...this.#initialize({}) })
    const body = new ReadableStream<Uint8Array>({
      async pull(controller) {
        await isTime
        controller.enqueue(new TextEncoder().encode(text))
        controller.close()
      },
    })
    const headers = {
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
      authorization: `Bearer ${token}`,
    }
    return this.#answers('/mcp', { method: 'POST', headers, body, duplex: 'half' })
  }

  #initialize(capabilities: Json): Json {
    const clientInfo = { name: 'bench', version: '1' }
    const params = { protocolVersion: '2025-11-25', capabilities, clientInfo }
    return { id: ++this.#id, method: 'initialize', params }
  }

  /** Calls a tool in a session; gives the answer as it comes. */
  send(token: string, session: string, name: string, args: Json = {}): Promise<Response> {
    const message = { id: ++this.#id, method: 'tools/call', params: { name, arguments: args } }
    return this.rpc(token, message, { 'mcp-session-id': session })
  }

  /** Calls a tool in a session; gives its structured content. */
  async call(token: string, session: string, name: string, args: Json = {}): Promise<Json> {
    return contentOf(await this.send(token, session, name, args))
  }
}

/** The structured content of the result in the answer to a call. */
export async function contentOf(response: Response): Promise<Json> {
  const text = await response.text()
  const data = text.split('\n').findLast((line) => line.startsWith('data: '))
  if (data === undefined) throw new Error(`${response.status} ${text}`)
  return JSON.parse(data.slice(6)).result.structuredContent
}

/** The messages on the stream of one call, as they come. */
export async function* messages(response: Response): AsyncGenerator<Message> {
  let text = ''
  for await (const chunk of (response.body ?? new ReadableStream()).pipeThrough(new TextDecoderStream())) {
    text += chunk
    const events = text.split('\n\n')
    text = events.pop() ?? ''
    for (const data of events.flatMap((event) => /^data: (.+)$/m.exec(event)?.[1] ?? [])) yield JSON.parse(data)
  }
}
