import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { ConfigFolder } from '@sshmcp/runtime/testing'
import { expect, vi } from 'vitest'

const program = fileURLToPath(new URL('../../dist/index.js', import.meta.url))

/** The program as it is packed, on a port of its own. */
export interface BuiltServer extends AsyncDisposable {
  readonly url: string
  readonly pid: number
  /** With `--dev`; empty otherwise. */
  readonly devToken: string
  /** Sends SIGTERM; gives the exit code. */
  stop(): Promise<number | null>
}

export async function startBuiltServer(
  folder: ConfigFolder,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<BuiltServer> {
  const child = spawn(process.execPath, [program, ...args], {
    env: { PATH: process.env.PATH, HOME: folder.dir, SSH_MCP_CONFIG_DIR: folder.dir, SSH_MCP_PORT: '0', ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const ended = once(child, 'exit')
  let said = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text
  })
  const last = args.includes('--dev') ? /with the token (\S+)\n/ : /listening on (\S+)\n/
  await vi.waitFor(() => expect(said).toMatch(last), { timeout: 30_000 })
  const stop = async (signal: 'SIGTERM' | 'SIGKILL'): Promise<number | null> => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal)
    const [code] = await ended
    return code
  }
  return {
    pid: child.pid ?? 0,
    url: /listening on (\S+)\n/.exec(said)?.[1] ?? '',
    devToken: /with the token (\S+)\n/.exec(said)?.[1] ?? '',
    stop: () => stop('SIGTERM'),
    async [Symbol.asyncDispose]() {
      await stop('SIGKILL')
    },
  }
}
