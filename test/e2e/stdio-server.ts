import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

const source = fileURLToPath(new URL('../../apps/stdio-server/src/main.ts', import.meta.url))

/** The built program, as editors start it. */
export const builtServer = fileURLToPath(new URL('../../apps/stdio-server/dist/index.js', import.meta.url))

export interface JsonRpc {
  readonly jsonrpc?: string
  readonly id?: number | string | null
  readonly method?: string
  readonly params?: Readonly<Record<string, unknown>>
  readonly result?: Readonly<Record<string, unknown>>
  readonly error?: { readonly code: number; readonly message: string }
}

/** A stdio server as a process, spoken to line by line, so that nothing it writes goes unseen. */
export class StdioServerProcess {
  /** Every line of stdout. */
  readonly lines: string[] = []
  stderr = ''
  readonly child: ChildProcess
  readonly #waiting = new Map<number, (message: JsonRpc) => void>()
  readonly ended: Promise<number | null>
  #id = 0

  constructor(env: Readonly<Record<string, string>>, args: readonly string[] = ['--conditions=source', source]) {
    this.child = spawn(process.execPath, args, { env: { PATH: process.env.PATH, ...env }, stdio: 'pipe' })
    this.ended = once(this.child, 'exit').then(([code]) => code)
    this.child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.stderr += text
    })
    if (this.child.stdout !== null) createInterface({ input: this.child.stdout }).on('line', (line) => this.#read(line))
  }

  #read(line: string): void {
    this.lines.push(line)
    const message: JsonRpc = JSON.parse(line)
    if (typeof message.id === 'number') this.#waiting.get(message.id)?.(message)
  }

  write(text: string): void {
    this.child.stdin?.write(text)
  }

  notify(method: string, params: object = {}): void {
    this.write(`${JSON.stringify({ jsonrpc: '2.0', method, params })}\n`)
  }

  /** Every message of the server, requests and notifications too. */
  get messages(): readonly JsonRpc[] {
    return this.lines.map((line): JsonRpc => JSON.parse(line))
  }

  /** Sends a request whose answer nobody waits for, as one that will be cancelled. */
  begin(method: string, params: object): { readonly id: number } {
    const id = ++this.#id
    this.write(`${JSON.stringify({ jsonrpc: '2.0', id, method, params })}\n`)
    return { id }
  }

  request(method: string, params: object = {}): Promise<JsonRpc> {
    const id = ++this.#id
    const answer = new Promise<JsonRpc>((resolve) => this.#waiting.set(id, resolve))
    this.write(`${JSON.stringify({ jsonrpc: '2.0', id, method, params })}\n`)
    const died = this.ended.then((code) => {
      throw new Error(`the server ended with ${code}: ${this.stderr}`)
    })
    return Promise.race([answer, died])
  }

  async initialize(): Promise<JsonRpc> {
    const clientInfo = { name: 'e2e', version: '1' }
    const answer = await this.request('initialize', { protocolVersion: '2025-11-25', capabilities: {}, clientInfo })
    this.notify('notifications/initialized')
    return answer
  }

  /** A tool's structured content. */
  async call(name: string, args: object = {}): Promise<Readonly<Record<string, unknown>>> {
    const { result, error } = await this.request('tools/call', { name, arguments: args })
    if (error !== undefined) throw new Error(error.message)
    const content = result?.structuredContent
    return typeof content === 'object' && content !== null ? { ...content } : {}
  }

  /** Closes stdin, as an editor that goes away. Resolves with the exit code. */
  stop(): Promise<number | null> {
    this.child.stdin?.end()
    return this.ended
  }
}
