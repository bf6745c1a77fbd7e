import type { ClientReply, StdioClient } from '@sshmcp/mcp/client'
import { builtServer, StdioServerProcess } from '../stdio-server.ts'
import type { ApprovalsWorld, ServerOptions } from './approvals-world.ts'

/** What a call came to: `done`, or the code of the refusal. */
function codeOf({ isError, data }: Pick<ClientReply, 'isError' | 'data'>): string {
  if (!isError) return 'done'
  const { error } = data
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : 'no code'
}

/** The arguments of a call of run_ssh_command. */
export type RunArguments = Readonly<Record<string, unknown>>

/** A model that does all it can with every tool, and the moves it has. */
export class RedTeam {
  readonly world: ApprovalsWorld
  /** The server that most routes use, with Alice's token. */
  readonly client: StdioClient

  constructor(world: ApprovalsWorld, client: StdioClient) {
    this.world = world
    this.client = client
  }

  /** A call that nothing else makes, for this host. */
  restart(hostId = 'web-1', templateId = 'restart'): RunArguments {
    return { host_id: hostId, template_id: templateId, params: { service: this.world.freshService() } }
  }

  /** Asks for an approval; gives the request's id, or the code of the refusal. */
  async ask(args: RunArguments, { action = 'run_ssh_command', client = this.client } = {}): Promise<string> {
    const reply = await client.call('request_approval', { action, arguments: args, justification: 'it is urgent' })
    return reply.isError ? codeOf(reply) : String(reply.data.request_id)
  }

  /** A person approves, honestly. */
  async approves(person: string, requestId: string, typed_word = 'web-1'): Promise<Readonly<Record<string, unknown>>> {
    return this.world.decides(person, requestId, { verdict: 'approve', typed_word, as_code: false })
  }

  /** A person makes a one-time code, honestly. */
  async codeBy(person: string, requestId: string, typed_word = 'web-1'): Promise<string> {
    const { code } = await this.world.decides(person, requestId, { verdict: 'approve', typed_word, as_code: true })
    return String(code)
  }

  /** Asks, and Bob approves what he was shown. */
  async approved(args: RunArguments, { typed = 'web-1', client = this.client } = {}): Promise<string> {
    const requestId = await this.ask(args, { client })
    await this.approves('bob', requestId, typed)
    return requestId
  }

  async enter(requestId: string, approval_token: string, client = this.client): Promise<string> {
    return codeOf(await client.call('approve_request', { request_id: requestId, approval_token }))
  }

  async run(args: RunArguments, requestId: string, client = this.client): Promise<string> {
    return codeOf(await client.call('run_ssh_command', { ...args, approval_request_id: requestId }))
  }

  async call(tool: string, args: RunArguments, client = this.client): Promise<string> {
    return client.call(tool, args).then(codeOf, (error) => {
      if (error instanceof Error && error.message.includes('There is no tool')) return 'no such tool'
      throw error
    })
  }

  /** Starts another server on the same files. */
  server(options: ServerOptions = {}): Promise<StdioClient> {
    return this.world.server(options)
  }

  /** What becomes of a server that is started so: `started`, or how it ended. */
  async starts(as: string, env: Readonly<Record<string, string>> = {}): Promise<string> {
    const server = new StdioServerProcess({ ...this.world.environment(as), ...env }, [builtServer])
    const became = await server.initialize().then(
      () => 'started',
      async () => `exit code ${await server.ended}`,
    )
    server.child.kill('SIGKILL')
    return became
  }
}
