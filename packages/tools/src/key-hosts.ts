import { type Host, kernelErrors } from '@sshmcp/kernel'
import type { Catalog } from '@sshmcp/policy'
import { keyErrors } from './errors.ts'

const mostHosts = 50

/**
 * The hosts that a key is for: the one named, the only one there is, or with `*` all, sorted.
 *
 * @throws INPUT_INVALID, POLICY_HOST_UNKNOWN, KEY_ACCOUNT_UNREACHABLE
 */
export function keyHosts(catalog: Catalog, hostId: string, userName: string): readonly Host[] {
  const hosts = chosen(catalog, hostId)
  const unreachable = hosts.find(({ sshUser }) => sshUser !== userName && sshUser !== 'root')
  if (unreachable === undefined) return hosts
  throw keyErrors.error('KEY_ACCOUNT_UNREACHABLE', {
    message: `"${unreachable.hostId}" is logged in to as "${unreachable.sshUser}", which cannot reach "${userName}".`,
    field: 'user_name',
    candidates: [...new Set(hosts.map(({ sshUser }) => sshUser))],
  })
}

function chosen(catalog: Catalog, hostId: string): readonly Host[] {
  if (hostId !== '' && hostId !== '*') return [catalog.host(hostId)]
  // What a list shows an auditor is more than what can be used.
  const usable = catalog.hosts().filter(({ hostId: id }) => isUsable(catalog, id))
  if (hostId === '' && usable.length !== 1) {
    throw refused('host_id is missing, and there is more than one host (or none) that it could be.', usable)
  }
  if (usable.length === 0 || usable.length > mostHosts) {
    throw refused(`"*" is ${usable.length} hosts; it works for 1 to ${mostHosts}.`, [])
  }
  return [...usable].sort((a, b) => (a.hostId < b.hostId ? -1 : 1))
}

function isUsable(catalog: Catalog, hostId: string): boolean {
  try {
    return catalog.host(hostId).hostId === hostId
  } catch {
    // Not for this caller: the catalogue says it by throwing.
    return false
  }
}

function refused(message: string, candidates: readonly Host[]) {
  return kernelErrors.error('INPUT_INVALID', {
    message,
    field: 'host_id',
    candidates: candidates.slice(0, 10).map(({ hostId }) => hostId),
  })
}
