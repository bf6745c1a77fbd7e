import type { Host } from '@sshmcp/kernel'
import type { CallHooks } from '@sshmcp/pipeline'
import type { OwnedHosts } from '@sshmcp/sessions'
import type { ConnectionFacts } from '@sshmcp/transport'

/** The owner's hosts, telling the road about each connection after the login and before anything is sent over it. */
export function hookedHosts(hosts: OwnedHosts, hooks: CallHooks): OwnedHosts {
  const onConnected = (host: Host) => (facts: ConnectionFacts) =>
    hooks.connected({
      host_key_fingerprint: facts.hostKeyFingerprint,
      connection: `${facts.login}@${host.hostname}:${host.port}`,
      authenticated_with: facts.authenticatedWith,
    })
  return {
    exec: (host, command, options) => hosts.exec(host, command, { ...options, onConnected: onConnected(host) }),
    sftp: (host, options, work) => hosts.sftp(host, { ...options, onConnected: onConnected(host) }, work),
    startJob: (host, command, options) => hosts.startJob(host, command, { ...options, onConnected: onConnected(host) }),
    openSession: (host, options) => hosts.openSession(host, { ...options, onConnected: onConnected(host) }),
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
