import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Surroundings } from '../loader/load-config.ts'

export interface ConfigFolder {
  readonly dir: string
  /** Writes a file of the folder: text as it is, anything else as JSON. */
  write(name: string, content: unknown, mode?: number): string
  /** A process that finds its configuration here. */
  surroundings(env?: Readonly<Record<string, string>>): Surroundings
  remove(): void
}

/** A configuration folder in a temporary place, with one host and the simplest template. */
export function configFolder(): ConfigFolder {
  const dir = mkdtempSync(join(tmpdir(), 'sshmcp-config-'))
  const write = (name: string, content: unknown, mode = 0o600): string => {
    const path = join(dir, name)
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
    writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content))
    chmodSync(path, mode)
    return path
  }
  write('hosts.json', [{ host_id: 'web-1', hostname: '127.0.0.1', ssh_user: 'deploy' }])
  write('templates.json', [
    { template_id: 'disk_usage', description: 'Free space', command: 'df -h', allowed_params: {}, risk_level: 'low' },
  ])
  return {
    dir,
    write,
    surroundings: (env = {}) => ({ env: { SSH_MCP_CONFIG_DIR: dir, ...env }, cwd: '/', homeDir: dir, login: 'dana' }),
    remove: () => rmSync(dir, { recursive: true, force: true }),
  }
}
