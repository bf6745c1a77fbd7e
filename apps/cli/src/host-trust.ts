import { type Host, printable } from '@sshmcp/kernel'
import {
  type Desk,
  keyWithFingerprint,
  lookAtHostKeys,
  type PresentedKey,
  runtimeErrors,
  trustHostKeys,
} from '@sshmcp/runtime'
import type { Terminal } from './terminal.ts'

/** What became of the question whether a host's keys are the right ones. */
export interface Trusted {
  readonly host_id: string
  readonly keys: readonly { readonly type: string; readonly fingerprint: string }[]
  /** Known before; nothing was asked and nothing written. */
  readonly was_known: boolean
  /** Where they were written. */
  readonly file?: string
}

export interface TrustOptions {
  readonly desk: Desk
  readonly host: Host
  /** Trusts this key without a question when, and only when, the host presents it. */
  readonly fingerprint: string | undefined
  readonly signal: AbortSignal
}

/**
 * Shows a person the keys of a host and, after a yes typed on the terminal, writes them into known_hosts. The only way a
 * new key gets trusted.
 *
 * @throws TERMINAL_REQUIRED, TERMINAL_DECLINED, HOST_KEY_OTHER, TRANSPORT_*
 */
export async function trustHost(terminal: Terminal, options: TrustOptions): Promise<Trusted> {
  const { desk, host, fingerprint, signal } = options
  const { presented, isTrusted } = await lookAtHostKeys(desk, host, signal)
  const keys = fingerprint === undefined ? presented : keyWithFingerprint(host, presented, fingerprint)
  const answer = { host_id: host.hostId, keys: keys.map(({ type, fingerprint }) => ({ type, fingerprint })) }
  if (isTrusted) return { ...answer, was_known: true }
  if (fingerprint === undefined) await ask(terminal, host, keys, signal)
  return { ...answer, was_known: false, file: await trustHostKeys(desk, host, keys) }
}

async function ask(terminal: Terminal, host: Host, keys: readonly PresentedKey[], signal: AbortSignal): Promise<void> {
  const question = [
    `${host.hostId} (${printable(host.hostname)}:${host.port}) is not known here. It presents:`,
    ...keys.map(({ type, fingerprint }) => `  ${printable(type).padEnd(20)} ${fingerprint}`),
    'Compare with the host itself, on its console or through somebody who runs it:',
    '  for key in /etc/ssh/ssh_host_*.pub; do ssh-keygen -lf "$key"; done',
    'Are these its keys? Type yes to trust them: ',
  ].join('\n')
  const typed = await terminal.ask(question, signal)
  if (typed === undefined) {
    throw runtimeErrors.error('TERMINAL_REQUIRED', {
      message: `Whether to trust the keys of ${host.hostId} is asked on a terminal, and this process has none. Nothing was written.`,
      next: 'Run the same command in a terminal, or name the key that you know: --fingerprint SHA256:…',
    })
  }
  if (typed.trim().toLowerCase() === 'yes') return
  throw runtimeErrors.error('TERMINAL_DECLINED', {
    message: `The keys of ${host.hostId} are not trusted. Nothing was written.`,
  })
}

/** What a person reads about it. */
export function trustedText({ host_id, keys, was_known, file }: Trusted): string {
  if (was_known) return `${host_id} is known already: ${keys.map(({ fingerprint }) => fingerprint).join(', ')}\n`
  return `${host_id} is trusted: ${keys.length} ${keys.length === 1 ? 'key' : 'keys'} written to ${file}\n`
}
