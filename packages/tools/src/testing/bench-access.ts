import {
  boundPrincipals,
  boundTtl,
  caErrors,
  createAuthority,
  formatPublicKeyLine,
  generateCaKey,
  installedKeys,
  type KeyRecord,
  memorySigner,
  parsePublicKeyLine,
} from '@sshmcp/ca'
import { MemoryCertStore } from '@sshmcp/ca/testing'
import { rfc3339 } from '@sshmcp/kernel'
import { ManualClock, sequentialIds } from '@sshmcp/kernel/testing'
import type { KeyRules } from '@sshmcp/pipeline'
import type { CallersCertificates, CallersKeys } from '../services.ts'

export const registeredLine = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIKbJnOoKFYuvmp5YXbhqez6KxJ17GwfqqGUHYtCG8Ltr'

/** The real readers and bounds, and one registered key: alice's. */
export const benchKeyRules: KeyRules = {
  readKey: (line) => {
    const key = parsePublicKeyLine(line)
    return { line: formatPublicKeyLine({ ...key, comment: '' }), fingerprint: key.fingerprint }
  },
  ttlSeconds: (asked) => boundTtl(asked, limits),
  principals: (asked, userId) => boundPrincipals(asked, userId, undefined),
  registeredKey: (userId) => (userId === 'alice' ? benchKeyRules.readKey(registeredLine) : undefined),
}

const limits = { defaultTtlSeconds: 86_400, maxTtlSeconds: 604_800 }

/** A real authority over memory, and a ledger of keys that says of each host what the test wants. */
export function benchAccess() {
  const clock = new ManualClock()
  const ids = sequentialIds()
  const store = new MemoryCertStore()
  const authority = createAuthority({ signer: memorySigner(generateCaKey()), store, clock, ids, limits })
  const records: KeyRecord[] = []
  /** Hosts that fail. */
  const down = new Set<string>()
  const outcome = (hostId: string) =>
    down.has(hostId)
      ? ({ hostId, outcome: 'failed', code: 'TRANSPORT_UNREACHABLE', message: 'down' } as const)
      : ({ hostId, outcome: 'done' } as const)
  const keys: CallersKeys = {
    async install(action) {
      const keyId = ids.next('key')
      const expiresAt = rfc3339(clock.now() + action.ttlSeconds * 1000)
      for (const { hostId } of action.hosts) {
        const { userName, reason } = action
        const key = { publicKey: action.publicKey.line, fingerprint: action.publicKey.fingerprint }
        records.push({ event: 'installed', at: '', keyId, hostId, userName, ...key, expiresAt, by: 'alice', reason })
      }
      return { keyId, expiresAt, hosts: action.hosts.map(({ hostId }) => outcome(hostId)) }
    },
    async remove(keyId, reason) {
      const found = installedKeys(records).filter((record) => record.keyId === keyId)
      records.push(...found.map((record) => ({ ...record, event: 'removed' as const, reason })))
      return found.map(({ hostId }) => outcome(hostId))
    },
    prune: async (hosts) => hosts.map(({ hostId }) => outcome(hostId)),
    list: async () => installedKeys(records),
  }
  /** What the CA is. */
  const state = { isLocked: false }
  const certificates: CallersCertificates = {
    async requireUnlocked() {
      if (state.isLocked) throw caErrors.error('CA_LOCKED', { message: 'The CA key is locked.' })
    },
    async requireIssued(certId) {
      await authority.find(certId)
    },
    async issue({ userId, principals, ttlSeconds, publicKey }, signal) {
      const subject = parsePublicKeyLine(publicKey.line)
      const issued = await authority.issue({ userId, subject, principals, ttlSeconds, keyId: 'k' }, signal)
      return { ...issued.record, certificate: issued.line }
    },
    async revoke(certId, reason) {
      const revoked = await authority.revoke({ kind: 'certificate', certId }, { by: 'alice', reason })
      const { status, krl } = revoked
      return { status, revokedAt: rfc3339(revoked.revokedAt), krlVersion: `${krl.version}`, hosts: [] }
    },
    list: () => store.listIssued(),
    bootstrap: async (host) => `#!/bin/sh\n# ${host.hostId}\n`,
  }
  return { keys, certificates, down, store, state }
}
