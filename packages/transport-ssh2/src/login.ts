import type { Host, SshMcpError } from '@sshmcp/kernel'
import { transportErrors } from '@sshmcp/transport'
import type { AuthHandlerMiddleware } from 'ssh2'
import type { Credential, Credentials } from './credentials.ts'
import { addressOf } from './host-key-check.ts'

/** One login: hands ssh2 a key at a time and remembers what became of each. */
export interface Login {
  readonly handler: AuthHandlerMiddleware
  /** The key being tried, after success the one that worked. */
  readonly current: () => string | undefined
  /** Why the login failed, with everything a person needs to mend it. */
  readonly failure: (cause: unknown) => SshMcpError
}

/** Prepares the login for one connection. */
export function prepareLogin(host: Host, credentials: Credentials): Login {
  const waiting = [...credentials.usable]
  const refused: string[] = []
  let current: Credential | undefined
  let wantsMore: readonly string[] = []
  // `false` is how ssh2 is told that there is nothing more to try; its types do not know that.
  const handler = (...[authsLeft, partialSuccess, next]: Parameters<AuthHandlerMiddleware>): false | undefined => {
    if (current !== undefined) {
      if (partialSuccess) wantsMore = authsLeft
      refused.push(`${current.label}: ${partialSuccess ? 'accepted, but not enough' : 'refused'}`)
    }
    // A host that does not take keys (any more) is not asked with further ones: each counts as a failed login.
    const takesKeys = authsLeft === null || authsLeft === undefined || authsLeft.includes('publickey')
    current = takesKeys ? waiting.shift() : undefined
    if (current === undefined) return false
    next(methodOf(current, host.sshUser))
    return undefined
  }
  const failure = (cause: unknown) => {
    const attempts = current === undefined ? refused : [...refused, `${current.label}: refused`]
    return loginFailure(host, attempts, credentials, wantsMore, cause)
  }
  return { handler, current: () => current?.label, failure }
}

function methodOf({ source }: Credential, username: string) {
  return source.kind === 'agent'
    ? ({ type: 'agent', username, agent: source.agent } as const)
    : ({ type: 'publickey', username, key: source.key } as const)
}

function loginFailure(
  host: Host,
  attempts: readonly string[],
  { remarks, next }: Credentials,
  wantsMore: readonly string[],
  cause: unknown,
): SshMcpError {
  const tried = attempts.length === 0 ? 'there was no key to offer' : attempts.join('; ')
  const more =
    wantsMore.length === 0 ? '' : ` It also wants ${wantsMore.join(' or ')}, which this server cannot answer.`
  return transportErrors.error('TRANSPORT_AUTH_FAILED', {
    message: `${addressOf(host)} did not let user "${host.sshUser}" in: ${[tried, ...remarks].join('; ')}.${more}`,
    next:
      next ??
      `Install one of these keys for "${host.sshUser}" on the host (\`ssh-copy-id\`), load the right key into the agent, ` +
        `or name its file as identity_file of ${host.hostId} in hosts.json.`,
    cause,
  })
}
