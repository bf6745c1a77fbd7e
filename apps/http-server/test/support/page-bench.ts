import { tokenSha256 } from '@sshmcp/identity'
import { type Clock, isSshMcpError, type Secret, systemClock } from '@sshmcp/kernel'
import { type Adapters, followJournal, type OpenedRuntime, openRuntime } from '@sshmcp/runtime'
import { type ConfigFolder, configFolder } from '@sshmcp/runtime/testing'
import { ScriptedTransport } from '@sshmcp/transport/testing'
import { createPages } from '../../src/pages/pages.ts'

export const tokens = { alice: 'token-of-alice-0000000000000000', bob: 'token-of-bob-11111111111111111111' }
export type Person = keyof typeof tokens

export const restart = {
  action: 'run_ssh_command',
  arguments: { host_id: 'web-1', template_id: 'restart_service', params: { service: 'nginx' } },
  justification: 'nginx does not answer since 08:00',
}

const templates = [
  { template_id: 'disk_usage', description: 'Free space', command: 'df -h', allowed_params: {}, risk_level: 'low' },
  {
    template_id: 'restart_service',
    description: 'Restarts a service',
    argv: ['echo', 'restarted', '{service}'],
    allowed_params: { service: '^.*$' },
    risk_level: 'high',
  },
]

export interface PageBenchOptions {
  readonly publicUrl?: string
  readonly clock?: Clock
  readonly hosts?: readonly object[]
  readonly env?: Readonly<Record<string, string>>
  /** Real SSH instead of the scripted host. */
  readonly isReal?: boolean
  readonly bobsRoles?: readonly string[]
}

/** The pages over a whole runtime on a temporary folder: two identities, a real journal, a scripted host. */
export async function pageBench(options: PageBenchOptions = {}) {
  const { publicUrl = 'http://pages.test', clock = systemClock, hosts, env = {}, isReal = false } = options
  const folder = configFolder()
  const bobsRoles = options.bobsRoles ?? ['operator', 'auditor']
  writeIdentities(folder, { alice: ['operator'], bob: bobsRoles })
  folder.write('templates.json', templates)
  if (hosts !== undefined) folder.write('hosts.json', hosts)
  const surroundings = folder.surroundings({ SSH_MCP_AUTH_TOKEN: tokens.alice, ...env })
  const transport = new ScriptedTransport(() => ({ stdout: 'restarted nginx\n' }))
  const adapters: Partial<Adapters> = isReal ? {} : { transport }
  const runtime = await openRuntime(surroundings, { version: '0', adapters, log: () => {} })
  const stopping = new AbortController()
  const pages = createPages({
    pipeline: runtime.pipeline,
    authenticate: (token) => ownerOf(runtime, token),
    mayReadJournal: runtime.mayReadJournal,
    publicUrl: new URL(publicUrl),
    follow: (signal) => followJournal(runtime.config.places, signal),
    clock,
    stopping: stopping.signal,
    version: '0',
    log: () => {},
  })
  return {
    folder,
    runtime,
    pages,
    transport,
    asModel: (tool: string, args: object) => asModel(runtime, tool, args),
    async close() {
      stopping.abort()
      await runtime.close()
      folder.remove()
    },
  }
}

export type PageBench = Awaited<ReturnType<typeof pageBench>>

export function writeIdentities(folder: ConfigFolder, people: Readonly<Partial<Record<Person, readonly string[]>>>) {
  const names: readonly Person[] = ['alice', 'bob']
  const identities = names.flatMap((user_id) => {
    const roles = people[user_id]
    return roles === undefined ? [] : [{ user_id, roles, token_sha256: tokenSha256(tokens[user_id]) }]
  })
  folder.write('identities.json', { identities })
}

/** One call of alice's assistant. */
async function asModel(runtime: OpenedRuntime, tool: string, args: object) {
  const { pipeline, credential } = runtime
  const client = { name: 'an assistant', version: '1' }
  const reply = await pipeline.call({
    tool,
    args,
    credential,
    client,
    signal: new AbortController().signal,
    via: 'model',
  })
  if (reply.isError) throw new Error(`${reply.error.code}: ${reply.error.message}`)
  return reply.result
}

async function ownerOf(runtime: OpenedRuntime, token: Secret) {
  try {
    return await runtime.authenticate({ kind: 'bearer', token })
  } catch (error) {
    if (isSshMcpError(error)) return undefined
    throw error
  }
}

interface Answering {
  request(url: string, init: RequestInit): Response | Promise<Response>
}

/** A browser as far as forms go: keeps one cookie, sends an Origin. */
export function visitor(pages: Answering, origin = 'http://pages.test') {
  let cookie = ''
  const send = async (path: string, init: RequestInit = {}): Promise<Response> => {
    const headers = { ...(cookie === '' ? {} : { cookie }), ...Object.fromEntries(new Headers(init.headers)) }
    const response = await pages.request(`${origin}${path}`, { ...init, headers })
    const set = response.headers.get('set-cookie')
    if (set !== null) cookie = /Max-Age=0/.test(set) ? '' : (set.split(';')[0] ?? '')
    return response
  }
  const post = (
    path: string,
    fields: Readonly<Record<string, string>>,
    headers: Readonly<Record<string, string>> = {},
  ) =>
    send(path, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', origin, ...headers },
      body: new URLSearchParams(fields).toString(),
    })
  const text = async (path: string): Promise<string> => (await send(path)).text()
  return {
    send,
    post,
    text,
    signIn: (token: string) => post('/sign-in', { token, next: '/approvals' }),
    formToken: async () => /name="form_token" value="([^"]+)"/.exec(await text('/approvals'))?.[1] ?? '',
    get cookie() {
      return cookie
    },
  }
}
