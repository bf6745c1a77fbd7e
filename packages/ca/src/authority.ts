import { type Clock, type IdSource, rfc3339 } from '@sshmcp/kernel'
import type { CaSigner } from './ca-signer.ts'
import type { CertStore, IssuedRecord, RevocationRecord, RevokedTarget } from './cert-store.ts'
import type { CertificateExtension, CriticalOptions } from './certificate-options.ts'
import { caErrors } from './errors.ts'
import { issuedRecord } from './issued-record.ts'
import { parseKrl } from './krl-reader.ts'
import { boundTtl, type TtlLimits } from './limits.ts'
import { createMint, type MintedCertificate } from './mint.ts'
import { formatPublicKeyLine, type SshPublicKey } from './public-key.ts'
import { encodeChecked, krlOf } from './revocation.ts'
import { type Entropy, type SerialRange, serialsBetween } from './serial.ts'

/** What a certificate authority works with. */
export interface AuthorityDeps {
  readonly signer: CaSigner
  readonly store: CertStore
  readonly clock: Clock
  readonly ids: IdSource
  readonly limits: TtlLimits
  /** Default: `node:crypto`. */
  readonly entropy?: Entropy
}

/** A certificate that somebody asks for. The principals were bounded by {@link boundPrincipals}. */
export interface IssueRequest {
  readonly userId: string
  readonly subject: SshPublicKey
  readonly principals: readonly string[]
  /** 0 is the default. */
  readonly ttlSeconds: number
  readonly keyId: string
  readonly approvalRequestId?: string
  readonly critical?: CriticalOptions
  /** Default `permit-pty`: what a person needs for a shell, and no forwarding. */
  readonly extensions?: readonly CertificateExtension[]
}

/** A certificate that was issued and recorded. */
export interface IssuedCertificate extends MintedCertificate {
  readonly certId: string
  readonly record: IssuedRecord
}

/** What to revoke. Serials and key ids are those of this CA; a key is revoked whoever signed for it. */
export type RevocationTarget =
  | { readonly kind: 'certificate'; readonly certId: string }
  | { readonly kind: 'serial'; readonly serial: bigint }
  | { readonly kind: 'key_id'; readonly keyId: string }
  | { readonly kind: 'key'; readonly publicKey: SshPublicKey }
  /** Everything issued between two moments (Unix milliseconds, both included). */
  | { readonly kind: 'issued_between'; readonly fromMs: number; readonly toMs: number }

/** Who revokes, and why. */
export interface RevocationReason {
  readonly by: string
  readonly reason: string
}

/** A revocation list as it was published. */
export interface PublishedKrl {
  readonly version: bigint
  readonly bytes: Uint8Array
}

/** A revocation that is in the published list. */
export interface Revoked {
  readonly status: 'revoked' | 'already_revoked'
  /** Unix milliseconds. */
  readonly revokedAt: number
  readonly krl: PublishedKrl
}

/** Issues user certificates and revokes them. */
export interface CertificateAuthority {
  readonly publicKey: SshPublicKey
  /**
   * Issues one certificate: signed, verified, recorded, and only then returned. What cannot be recorded is not issued.
   *
   * @throws CERT_TTL_REFUSED, CERT_PRINCIPAL_REFUSED, CERT_KEY_ID_REFUSED, CERT_OPTION_REFUSED; CA_SELF_CHECK_FAILED;
   * what the signer and the store throw
   */
  issue(request: IssueRequest, signal: AbortSignal): Promise<IssuedCertificate>
  /** @throws CERT_UNKNOWN */
  find(certId: string): Promise<IssuedRecord>
  /**
   * Revokes, and publishes the new list. Asked again for the same target it publishes anew and says `already_revoked`,
   * so that a call that failed between the two can be repeated.
   *
   * @throws CERT_UNKNOWN, CERT_SERIAL_REFUSED, KRL_SELF_CHECK_FAILED; what the store throws
   */
  revoke(target: RevocationTarget, why: RevocationReason): Promise<Revoked>
  /** Rebuilds and publishes the list: the empty first one, or the present one without what has expired. */
  publishKrl(): Promise<PublishedKrl>
}

/** A certificate authority over a signer and a store. */
export function createAuthority(deps: AuthorityDeps): CertificateAuthority {
  const mint = createMint(deps)
  const { store, clock } = deps
  return {
    publicKey: deps.signer.publicKey,
    async issue(request, signal) {
      const ttlSeconds = boundTtl(request.ttlSeconds, deps.limits)
      const extensions = request.extensions ?? ['permit-pty']
      const minted = await mint.issue({ ...request, ttlSeconds, extensions }, signal)
      const { userId, principals, keyId, approvalRequestId = '' } = request
      const named = { certId: deps.ids.next('cert'), userId, principals, keyId, approvalRequestId }
      const record = issuedRecord(minted, named)
      await store.addIssued(record)
      return { ...minted, certId: record.certId, record }
    },
    find: (certId) => find(store, certId),
    async revoke(target, why) {
      const { certId, expiresAt, hits } = await resolveTarget(deps, target)
      return store.exclusively(async () => {
        const known = (await store.listRevoked()).find((record) => isSameTarget(record.target, hits))
        const revokedAt = known?.revokedAt ?? rfc3339(clock.now())
        if (known === undefined) await store.addRevoked({ revokedAt, ...why, target: hits, certId, expiresAt })
        const status = known === undefined ? 'revoked' : 'already_revoked'
        return { status, revokedAt: Date.parse(revokedAt), krl: await publish(store, clock.now()) }
      })
    },
    publishKrl: () => store.exclusively(() => publish(store, clock.now())),
  }
}

async function find(store: CertStore, certId: string): Promise<IssuedRecord> {
  const record = (await store.listIssued()).find((issued) => issued.certId === certId)
  if (record !== undefined) return record
  const shown = JSON.stringify(certId.slice(0, 80))
  throw caErrors.error('CERT_UNKNOWN', { message: `No certificate ${shown} was issued here.`, field: 'cert_id' })
}

type Resolved = Pick<RevocationRecord, 'certId' | 'expiresAt'> & { readonly hits: RevokedTarget }

async function resolveTarget(deps: AuthorityDeps, target: RevocationTarget): Promise<Resolved> {
  const ca = base64(deps.signer.publicKey.blob)
  const forGood = (hits: RevokedTarget): Resolved => ({ certId: '', expiresAt: '', hits })
  switch (target.kind) {
    case 'certificate': {
      const issued = await find(deps.store, target.certId)
      const hits: RevokedTarget = { kind: 'serials', ca: issued.ca, first: issued.serial, last: issued.serial }
      return { certId: issued.certId, expiresAt: issued.expiresAt, hits }
    }
    case 'serial':
      return forGood(serials(ca, { first: target.serial, last: target.serial }))
    case 'key_id':
      return forGood({ kind: 'key_id', ca, keyId: target.keyId })
    case 'key':
      return forGood({ kind: 'key', publicKey: formatPublicKeyLine({ ...target.publicKey, comment: '' }) })
    case 'issued_between':
      return forGood(serials(ca, serialsBetween(target.fromMs, target.toMs)))
  }
}

function serials(ca: string, { first, last }: SerialRange): RevokedTarget {
  if (first >= 1n && last >= first && last < 2n ** 64n)
    return { kind: 'serials', ca, first: `${first}`, last: `${last}` }
  throw caErrors.error('CERT_SERIAL_REFUSED', { message: `Serials ${first} to ${last} cannot be revoked.` })
}

function isSameTarget(a: RevokedTarget, b: RevokedTarget): boolean {
  return JSON.stringify(Object.entries(a).sort()) === JSON.stringify(Object.entries(b).sort())
}

async function publish(store: CertStore, now: number): Promise<PublishedKrl> {
  const version = versionAfter(await store.readKrl(), now)
  const bytes = encodeChecked(krlOf(await store.listRevoked(), version, now))
  await store.publishKrl(bytes)
  return { version, bytes }
}

/** Versions only grow. A list that somebody damaged says nothing of its version; the clock is above any count. */
function versionAfter(present: Uint8Array | undefined, now: number): bigint {
  if (present === undefined) return 1n
  try {
    return parseKrl(present).version + 1n
  } catch {
    return BigInt(Math.trunc(now))
  }
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64')
}
