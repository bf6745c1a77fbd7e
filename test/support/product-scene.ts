import type { CallRequest, Reply } from '@sshmcp/pipeline'
import { createRuntime, loadConfig } from '@sshmcp/runtime'
import { configFolder } from '@sshmcp/runtime/testing'

export interface ProductSceneOptions {
  readonly hosts: readonly Readonly<Record<string, unknown>>[]
  readonly templates?: readonly Readonly<Record<string, unknown>>[]
  readonly knownHosts: readonly string[]
  readonly policy?: Readonly<Record<string, unknown>>
  readonly env?: Readonly<Record<string, string>>
}

/** The whole product in this process, as a model's call sees it, with the journal on the disk. */
export interface ProductScene {
  call(tool: string, args: Readonly<Record<string, unknown>>, extra?: Partial<CallRequest>): Promise<Reply>
  /** The result of a call that has to go well. */
  ok(
    tool: string,
    args?: Readonly<Record<string, unknown>>,
    extra?: Partial<CallRequest>,
  ): Promise<Readonly<Record<string, unknown>>>
  close(): Promise<void>
}

/** A template of the lowest risk. */
export function template(template_id: string, command: string, more: Readonly<Record<string, unknown>> = {}) {
  return { template_id, description: template_id, command, allowed_params: {}, risk_level: 'low', ...more }
}

export async function productScene(options: ProductSceneOptions): Promise<ProductScene> {
  const { hosts, templates = [], knownHosts, policy = {}, env = {} } = options
  const folder = configFolder()
  folder.write('hosts.json', hosts)
  folder.write('templates.json', templates)
  folder.write('policy.json', { rate_limits: { max_requests_per_minute: 100_000, max_concurrent: 100 }, ...policy })
  const known = folder.write('known_hosts', `${knownHosts.join('\n')}\n`)
  const config = loadConfig(folder.surroundings({ SSH_MCP_SSH_KNOWN_HOSTS_FILE: known, ...env }))
  const runtime = await createRuntime(config, { version: '0', log: () => {} })
  const call: ProductScene['call'] = (tool, args, extra = {}) =>
    runtime.pipeline.call({
      tool,
      args,
      credential: config.credential,
      client: { name: 'test', version: '1' },
      via: 'model',
      signal: new AbortController().signal,
      ...extra,
    })
  return {
    call,
    async ok(tool, args = {}, extra = {}) {
      const reply = await call(tool, args, extra)
      if (reply.isError) throw new Error(`${tool}: ${reply.error.code}: ${reply.error.message}`)
      return reply.result
    },
    async close() {
      await runtime.close()
      folder.remove()
    },
  }
}
