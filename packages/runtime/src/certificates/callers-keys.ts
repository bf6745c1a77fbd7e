import {
  addAuthorizedKey,
  caErrors,
  installedKeys,
  type KeyRecord,
  parsePublicKeyLine,
  pruneAuthorizedKeys,
  removeAuthorizedKey,
} from '@sshmcp/ca'
import {
  type Clock,
  type Host,
  type IdSource,
  isSshMcpError,
  type KeyInstall,
  rfc3339,
  type UserId,
} from '@sshmcp/kernel'
import type { Catalog } from '@sshmcp/policy'
import type { OwnedHosts } from '@sshmcp/sessions'
import type { CallersKeys, HostOutcome } from '@sshmcp/tools'
import { keyFileErrors } from '../errors.ts'
import { editKeyFile } from './authorized-keys-file.ts'
import type { CaDesk } from './ca-desk.ts'

export interface CallersKeysDeps {
  readonly desk: CaDesk
  readonly hosts: OwnedHosts
  readonly catalog: Catalog
  readonly clock: Clock
  readonly ids: IdSource
  readonly userId: UserId
}

interface Account {
  readonly host: Host
  readonly userName: string
}

/** Keys on hosts as one caller handles them: each host by itself, the ledger beside it. */
export function callersKeys(deps: CallersKeysDeps): CallersKeys {
  const { desk, clock, ids, userId } = deps
  return {
    async install(action, signal) {
      const keyId = ids.next('key')
      const expiresAt = Math.floor(clock.now() / 1000) + action.ttlSeconds
      const publicKey = parsePublicKeyLine(action.publicKey.line)
      const accounts = action.hosts.map((host) => ({ host, userName: action.userName }))
      const outcomes = await onEach(accounts, async (account) => {
        const record = installed(action, { keyId, account, expiresAt, by: userId, now: clock.now() })
        // First the ledger: what may be on a host can be found again, whatever happens in between.
        await edit(deps, account, signal, { before: () => desk.store().addKey(record) }, (bytes) =>
          addAuthorizedKey(bytes, { keyId, publicKey, expiresAt, permitsTerminal: true }, clock.now() / 1000),
        )
      })
      return { keyId, expiresAt: rfc3339(expiresAt * 1000), hosts: outcomes }
    },
    async remove(keyId, reason, signal) {
      const records = installedKeys(await desk.store().listKeys()).filter((record) => record.keyId === keyId)
      if (records.length === 0)
        throw caErrors.error('KEY_UNKNOWN', { message: 'No such key was installed from here.', field: 'key_id' })
      return onEach(accountsOf(deps, records), async (account) => {
        await edit(deps, account, signal, {}, (bytes) => removeAuthorizedKey(bytes, keyId, clock.now() / 1000))
        const record = records.find(({ hostId }) => hostId === account.host.hostId)
        if (record !== undefined) await desk.store().addKey(removed(record, { by: userId, reason, now: clock.now() }))
      })
    },
    async prune(hosts, signal) {
      const now = clock.now()
      const known = installedKeys(await desk.store().listKeys()).filter(
        ({ expiresAt, hostId }) => Date.parse(expiresAt) <= now && hosts.some((host) => host.hostId === hostId),
      )
      const accounts = new Map(
        accountsOf(deps, known).map((account) => [JSON.stringify([account.host.hostId, account.userName]), account]),
      )
      return onEach([...accounts.values()], async (account) => {
        await edit(deps, account, signal, {}, (bytes) => pruneAuthorizedKeys(bytes, now / 1000))
        const swept = known.filter(
          ({ hostId, userName }) => hostId === account.host.hostId && userName === account.userName,
        )
        for (const record of swept) await desk.store().addKey(removed(record, { by: userId, reason: 'expired', now }))
      })
    },
    list: async () => installedKeys(await desk.store().listKeys()),
  }
}

/** Hosts that the caller may not use (any more) are unknown to them. @throws POLICY_HOST_UNKNOWN */
function accountsOf({ catalog }: CallersKeysDeps, records: readonly KeyRecord[]): readonly Account[] {
  return records.map(({ hostId, userName }) => ({ host: catalog.host(hostId), userName }))
}

async function edit<T extends { readonly bytes: Uint8Array }>(
  { hosts, ids }: CallersKeysDeps,
  { host, userName }: Account,
  signal: AbortSignal,
  { before }: { readonly before?: () => Promise<void> },
  change: (bytes: Uint8Array) => T,
): Promise<void> {
  await hosts.sftp(host, { signal }, async (channel, within) => {
    await before?.()
    await editKeyFile({ channel, userName, login: host.sshUser, ids, signal: within }, change)
  })
}

/**
 * One host after the other, so that the failure of one leaves the others alone.
 *
 * @throws APPROVAL_…, and when every host failed: the failure of the only one, or KEY_HOSTS_FAILED
 */
async function onEach(
  accounts: readonly Account[],
  work: (account: Account) => Promise<void>,
): Promise<readonly HostOutcome[]> {
  const outcomes: HostOutcome[] = []
  const failures: unknown[] = []
  for (const account of accounts) {
    const { hostId } = account.host
    try {
      await work(account)
      outcomes.push({ hostId, outcome: 'done' })
    } catch (error) {
      // Without an approval nothing may be done anywhere; a fault of our own is not a host's.
      if (!isSshMcpError(error) || error.code.startsWith('APPROVAL_')) throw error
      failures.push(error)
      outcomes.push({ hostId, outcome: 'failed', code: error.code, message: error.message })
    }
  }
  if (failures.length > 0 && failures.length === accounts.length) throw wholeFailure(outcomes, failures)
  return outcomes
}

function wholeFailure(outcomes: readonly HostOutcome[], failures: readonly unknown[]): unknown {
  if (failures.length === 1) return failures[0]
  const each = outcomes.map(({ hostId, code = '' }) => `${hostId}: ${code}`).join('; ')
  return keyFileErrors.error('KEY_HOSTS_FAILED', { message: `It failed on all ${outcomes.length} hosts. ${each}.` })
}

interface Installing {
  readonly keyId: string
  readonly account: Account
  readonly expiresAt: number
  readonly by: string
  readonly now: number
}

function installed(action: KeyInstall, { keyId, account, expiresAt, by, now }: Installing): KeyRecord {
  return {
    event: 'installed',
    at: rfc3339(now),
    keyId,
    hostId: account.host.hostId,
    userName: account.userName,
    publicKey: action.publicKey.line,
    fingerprint: action.publicKey.fingerprint,
    expiresAt: rfc3339(expiresAt * 1000),
    by,
    reason: action.reason,
  }
}

function removed(
  record: KeyRecord,
  why: { readonly by: string; readonly reason: string; readonly now: number },
): KeyRecord {
  return { ...record, event: 'removed', at: rfc3339(why.now), by: why.by, reason: why.reason }
}
