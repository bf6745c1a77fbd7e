import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { MemoryApprovalStore } from '@sshmcp/approvals/testing'
import { Secret } from '@sshmcp/kernel'
import { type Adapters, openRuntime } from '@sshmcp/runtime'
import { type Script, type ScriptedOptions, ScriptedTransport } from '@sshmcp/transport/testing'
import { runProgram } from '../../src/program.ts'
import { fakeTerminal } from '../../src/testing/fake-terminal.ts'

export interface CliBenchOptions {
  readonly run?: Script
  /** Files of the scripted host; none when left out. */
  readonly sftp?: ScriptedOptions['sftp']
  readonly env?: Readonly<Record<string, string>>
  /** Real SSH instead of the scripted host. */
  readonly isReal?: boolean
}

export interface RunOptions {
  readonly env?: Readonly<Record<string, string>>
  readonly typed?: readonly string[]
  readonly stdin?: readonly string[]
}

/** The whole program on a temporary home: real configuration and journal, a scripted host, approvals in memory. */
export function cliBench({
  run = () => ({ stdout: 'Filesystem\n' }),
  sftp,
  env = {},
  isReal = false,
}: CliBenchOptions = {}) {
  const home = mkdtempSync(join(tmpdir(), 'sshmcp-cli-'))
  const transport = new ScriptedTransport(run, sftp === undefined ? {} : { sftp })
  const approvals = { store: new MemoryApprovalStore(), key: new Secret(new Uint8Array(32)) }
  const adapters: Partial<Adapters> = isReal ? { approvals } : { transport, approvals }
  const config = join(home, '.ssh-mcp')
  const start = (args: readonly string[], options: RunOptions = {}) => {
    const fake = fakeTerminal({ ...options, env: { ...env, ...options.env }, homeDir: home })
    return { ...fake, ended: runProgram(args, fake.terminal, adapters) }
  }
  const sshmcp = async (args: readonly string[], options: RunOptions = {}) => {
    const { ended, written } = start(args, options)
    const code = await ended
    return { code, ...written }
  }
  /** One call as a model makes it, by a server on the same files. */
  const asModel = async (tool: string, args: object, more: Readonly<Record<string, string>> = {}) => {
    const surroundings = { env: { ...env, ...more }, cwd: '/', homeDir: home, login: 'dana' }
    const runtime = await openRuntime(surroundings, { version: '0', adapters, log: () => {} })
    try {
      const client = { name: 'test', version: '1' }
      const signal = new AbortController().signal
      const reply = await runtime.pipeline.call({
        tool,
        args,
        credential: runtime.credential,
        client,
        signal,
        via: 'model',
      })
      return reply.isError ? { error: reply.error } : { result: reply.result }
    } finally {
      await runtime.close()
    }
  }
  return {
    home,
    config,
    transport,
    start,
    sshmcp,
    asModel,
    write: (name: string, content: unknown) =>
      writeFileSync(join(config, name), JSON.stringify(content), { mode: 0o600 }),
    read: (name: string) => readFileSync(join(config, name), 'utf8'),
    async withHost() {
      await sshmcp(['init', '--yes'])
      writeFileSync(
        join(config, 'hosts.json'),
        JSON.stringify([{ host_id: 'web-1', hostname: 'x', ssh_user: 'deploy' }]),
        { mode: 0o600 },
      )
    },
    remove: () => rmSync(home, { recursive: true, force: true }),
  }
}

export type CliBench = ReturnType<typeof cliBench>
