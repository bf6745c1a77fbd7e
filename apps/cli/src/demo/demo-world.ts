import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type ClientForm, type ClientFormAnswer, connectStdioClient, type StdioClient } from '@sshmcp/mcp/client'
import { type EmbeddedHost, makeKeyPair } from '@sshmcp/transport-ssh2/embedded-host'
import templates from '../../../../config/templates.json' with { type: 'json' }
import { restartsOf, startDemoHost } from './demo-host.ts'
import { appLog, deployLog } from './demo-logs.ts'

/** Two hosts, a server with its configuration, and a client, all in one temporary folder. */
export interface DemoWorld {
  readonly folder: string
  readonly configDir: string
  readonly client: StdioClient
  /** The forms that the person at the client has seen since they were last taken; whatever is asked, they agree. */
  takeForms(): readonly ClientForm[]
  /** What systemctl of production-web was asked to do, one line each time. */
  restarts(): readonly string[]
  /** Ends everything and removes the folder. */
  close(): Promise<void>
}

/** Starts the world. `script` is the program that editors start as their server. */
export async function startDemoWorld(script: string): Promise<DemoWorld> {
  const folder = mkdtempSync(join(tmpdir(), 'sshmcp-demo-'))
  const hosts: EmbeddedHost[] = []
  const end = async (): Promise<void> => {
    await Promise.all(hosts.map((host) => host.close()))
    rmSync(folder, { recursive: true, force: true })
  }
  try {
    const key = makeKeyPair('sshmcp demo')
    const start = async (name: string, logs: Readonly<Record<string, string>>): Promise<EmbeddedHost> => {
      const host = await startDemoHost({ root: join(folder, 'hosts', name), authorizedKey: key.publicLine, logs })
      hosts.push(host)
      return host
    }
    const production = await start('production-web', {})
    const staging = await start('staging', { 'app.log': appLog(), 'deploy.log': deployLog() })
    const configDir = configure(join(folder, 'config'), key.privateKey, { 'production-web': production, staging })
    const forms: ClientForm[] = []
    const client = await startServer(script, configDir, (form) => {
      forms.push(form)
      return { action: 'accept', content: Object.fromEntries(form.fields.map((name) => [name, 'production-web'])) }
    })
    const restarts = (): readonly string[] => restartsOf(join(folder, 'hosts/production-web'))
    const close = async (): Promise<void> => {
      await client.close()
      await end()
    }
    return { folder, configDir, client, takeForms: () => forms.splice(0), restarts, close }
  } catch (error) {
    await end()
    throw error
  }
}

function configure(dir: string, privateKey: string, hosts: Readonly<Record<string, EmbeddedHost>>): string {
  mkdirSync(dir, { mode: 0o700 })
  const write = (name: string, text: string): string => {
    const path = join(dir, name)
    writeFileSync(path, text, { mode: 0o600 })
    return path
  }
  const identityFile = write('id_demo', privateKey)
  write(
    'known_hosts',
    Object.values(hosts)
      .map(({ hostKeyLine }) => `${hostKeyLine}\n`)
      .join(''),
  )
  const entries = Object.entries(hosts).map(([host_id, { port }]) => ({
    host_id,
    hostname: '127.0.0.1',
    port,
    ssh_user: 'demo',
    identity_file: identityFile,
    labels: { env: host_id === 'staging' ? 'staging' : 'production' },
  }))
  write('hosts.json', JSON.stringify(entries, null, 2))
  write('templates.json', JSON.stringify(templates, null, 2))
  return dir
}

async function startServer(
  script: string,
  configDir: string,
  onForm: (form: ClientForm) => ClientFormAnswer,
): Promise<StdioClient> {
  let words = ''
  try {
    return await connectStdioClient({
      command: process.execPath,
      args: [script],
      env: {
        PATH: process.env.PATH ?? '/usr/bin:/bin',
        HOME: configDir,
        SSH_MCP_CONFIG_DIR: configDir,
        SSH_MCP_SSH_KNOWN_HOSTS_FILE: join(configDir, 'known_hosts'),
        SSH_MCP_REQUIRE_TWO_PARTY_APPROVAL: 'false',
      },
      onForm,
      onStderr: (text) => {
        words += text
      },
    })
  } catch (cause) {
    throw new Error(`The server did not start. It said:\n${words}`, { cause })
  }
}
