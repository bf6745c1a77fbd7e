import { localPrincipal } from '@sshmcp/identity'
import { type Host, randomIds, systemClock } from '@sshmcp/kernel'
import { type ConnectionFacts, loginShellFrom, type SshTransport } from '@sshmcp/transport'
import { sshTransport } from './adapters.ts'
import { deskIdentities } from './certificates/connection-identities.ts'
import { readHosts } from './hosts-file.ts'
import { type Desk, journalChange } from './journal-change.ts'

/** What a login and a harmless command came to. */
export interface LoginTrial {
  readonly facts: ConnectionFacts
  /** What `echo "$SHELL"` said: the login shell. */
  readonly shell: string
  /** False where its quoting is not vouched for: templates with parameters are refused there. */
  readonly isShellServed: boolean
  /** Seconds that the host's clock is ahead of ours; undefined when it did not tell. */
  readonly clockSkewSeconds: number | undefined
}

/** A constant line, the same in every shell that is served. */
const line = 'echo "$SHELL"; date +%s'

/**
 * Logs in to a host as a tool would and runs a constant, harmless line. In the journal like any change.
 *
 * @param transport replaced in tests
 * @throws TRANSPORT_*
 */
export function tryLogin(desk: Desk, host: Host, signal: AbortSignal, transport?: SshTransport): Promise<LoginTrial> {
  const detail = { host_id: host.hostId, line }
  return journalChange(desk, { command: 'hosts test', detail }, async () => {
    const living = { ...desk, rules: { hosts: () => readHosts(desk) } }
    const way = transport ?? sshTransport(living, systemClock, deskIdentities(desk))
    const requestId = randomIds.next('op')
    const { userId } = localPrincipal(desk.login)
    const purpose = { userId, requestId, approvalId: undefined, tool: 'hosts-test', line }
    const connection = await way.connect(host, signal, purpose)
    try {
      let text = ''
      const decoder = new TextDecoder()
      const sink = {
        write: (stream: string, bytes: Uint8Array) => {
          if (stream === 'stdout' && text.length < 4096) text += decoder.decode(bytes, { stream: true })
        },
      }
      await connection.exec({ line, stdin: '', needsServedShell: false }, sink, signal)
      const [shell = '', epoch = ''] = text.trim().split(/\r?\n/)
      const skew = /^\d{9,11}$/.test(epoch) ? Math.round(Number(epoch) - systemClock.now() / 1000) : undefined
      return {
        facts: connection.facts,
        shell,
        isShellServed: loginShellFrom(shell).family !== 'other',
        clockSkewSeconds: skew,
      }
    } finally {
      await connection.close()
    }
  })
}
