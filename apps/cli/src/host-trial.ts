import { type Host, isSshMcpError, printable } from '@sshmcp/kernel'
import { type Desk, tryLogin } from '@sshmcp/runtime'
import type { CommandContext } from './command.ts'
import { complainAbout } from './complain.ts'

/** How a login went, as `--json` tells it. */
export type Trial =
  | {
      readonly host_id: string
      readonly ok: true
      readonly login: string
      readonly authenticated_with: string
      readonly shell: string
      readonly duration_ms: number
    }
  | {
      readonly host_id: string
      readonly ok: false
      readonly error: { readonly code: string; readonly message: string; readonly next: string }
    }

/** Logs in and runs a harmless command; what goes wrong is an answer too. */
export async function trial({ adapters }: CommandContext, desk: Desk, host: Host, signal: AbortSignal): Promise<Trial> {
  const started = performance.now()
  try {
    const { facts, shell } = await tryLogin(desk, host, signal, adapters.transport)
    const { login, authenticatedWith: authenticated_with } = facts
    const duration_ms = Math.round(performance.now() - started)
    return { host_id: host.hostId, ok: true, login, authenticated_with, shell, duration_ms }
  } catch (error) {
    if (!isSshMcpError(error)) throw error
    const { code, message, next } = error
    return { host_id: host.hostId, ok: false, error: { code, message, next } }
  }
}

/** Tells a person how a login went. */
export function showTrial({ terminal }: CommandContext, found: Trial): void {
  if (!found.ok) {
    terminal.write(`${terminal.colors.red('fail')}  ${found.host_id}\n`)
    complainAbout(terminal, found.error)
    return
  }
  const { host_id, login, authenticated_with: key, shell, duration_ms } = found
  terminal.write(
    `${terminal.colors.green('ok')}    ${host_id}: logged in as ${login} with ${printable(key)}, shell ${printable(shell)}, ${duration_ms} ms\n`,
  )
}
