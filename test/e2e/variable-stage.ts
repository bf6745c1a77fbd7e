import { ManualClock } from '@sshmcp/kernel/testing'
import { createRuntime, loadConfig, type Runtime } from '@sshmcp/runtime'
import { configFolder } from '@sshmcp/runtime/testing'
import { type Script, ScriptedTransport } from '@sshmcp/transport/testing'

type Env = Readonly<Record<string, string>>
type Answer = Readonly<Record<string, unknown>>
type Call = (tool: string, args?: object) => Promise<Answer>

/** The whole product on a temporary folder: files and environment real, the host scripted unless it has to be `real`. */
export interface VariableStage {
  readonly dir: string
  /** What `request_approval` is asked for: the template that needs one. */
  readonly asking: object
  write(name: string, content: unknown): string
  /** Starts with this environment and makes one call: the result, or `{ error }`. */
  call(env: Env, tool: string, args?: object, host?: Script | 'real'): Promise<Answer>
  open(env: Env, host?: Script | 'real'): Promise<{ readonly call: Call; readonly clock: ManualClock }>
  /** The user whose call came last to the journal. */
  lastCaller(): string
  close(): Promise<void>
}

const template = (template_id: string, risk_level: string) => ({
  template_id,
  description: template_id,
  command: template_id,
  allowed_params: {},
  risk_level,
})

export function variableStage(): VariableStage {
  const folder = configFolder()
  const opened: Runtime[] = []
  let lastCaller = ''
  folder.write('templates.json', [
    template('disk_usage', 'low'),
    template('touch', 'medium'),
    template('reboot', 'high'),
  ])
  const open: VariableStage['open'] = async (env, host = () => ({ stdout: 'ok\n' })) => {
    const config = loadConfig(folder.surroundings(env))
    const clock = new ManualClock(Date.now())
    const adapters = host === 'real' ? {} : { clock, transport: new ScriptedTransport(host) }
    const runtime = await createRuntime(config, { adapters, version: '0', log: () => {} })
    opened.push(runtime)
    const call: Call = async (tool, args = {}) => {
      const { credential } = config
      const client = { name: 'variables', version: '1' }
      const { signal } = new AbortController()
      lastCaller = (await runtime.authenticate(credential)).userId
      const reply = await runtime.pipeline.call({ tool, args, credential, client, signal, via: 'model' })
      return reply.isError ? { error: reply.error } : { ...reply.result }
    }
    return { call, clock }
  }
  return {
    dir: folder.dir,
    asking: {
      action: 'run_ssh_command',
      arguments: { host_id: 'web-1', template_id: 'reboot' },
      justification: 'to see where it is kept',
    },
    write: (name, content) => folder.write(name, content),
    call: async (env, tool, args, host) => (await open(env, host)).call(tool, args),
    open,
    lastCaller: () => lastCaller,
    async close() {
      for (const runtime of opened) await runtime.close()
      folder.remove()
    },
  }
}
