import type { Host } from '@sshmcp/kernel'
import type { BoundCaller, CallHooks } from '@sshmcp/pipeline'
import type { OwnedHosts } from '@sshmcp/sessions'
import type { ConnectionFacts, ConnectPurpose } from '@sshmcp/transport'

/**
 * The owner's hosts as one call uses them: the road is told about each connection after the login and before anything is
 * sent over it, and the transport why the connection is wanted.
 */
export function hookedHosts(hosts: OwnedHosts, hooks: CallHooks, caller: BoundCaller): OwnedHosts {
  const purpose: ConnectPurpose = {
    userId: caller.principal.userId,
    requestId: caller.operationId,
    approvalId: caller.approvalRequestId,
    tool: caller.tool,
  }
  const hooked = <T extends object>(host: Host, options: T) => ({ ...options, purpose, onConnected: onConnected(host) })
  const onConnected = (host: Host) => (facts: ConnectionFacts) =>
    hooks.connected({
      host_key_fingerprint: facts.hostKeyFingerprint,
      connection: `${facts.login}@${host.hostname}:${host.port}`,
      authenticated_with: facts.authenticatedWith,
    })
  return {
    exec: (host, command, options) => hosts.exec(host, command, hooked(host, options)),
    sftp: (host, options, work) => hosts.sftp(host, hooked(host, options), work),
    startJob: (host, command, options) => hosts.startJob(host, command, hooked(host, options)),
    openSession: (host, options) => hosts.openSession(host, hooked(host, options)),
    pollJob: (jobId, options) => hosts.pollJob(jobId, options),
    jobs: () => hosts.jobs(),
    cancelJob: (jobId) => hosts.cancelJob(jobId),
    sessions: () => hosts.sessions(),
    session: (sessionId) => hosts.session(sessionId),
    closeSession: (sessionId) => hosts.closeSession(sessionId),
    pingSession: (sessionId, signal) => hosts.pingSession(sessionId, signal),
    closeAll: () => hosts.closeAll(),
  }
}
