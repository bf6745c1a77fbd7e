/** One certificate that was issued, as it is kept. Times are RFC 3339. */
export interface IssuedRecord {
  readonly certId: string
  /** Decimal. */
  readonly serial: string
  readonly keyId: string
  readonly userId: string
  readonly principals: readonly string[]
  /** Type and base64. */
  readonly publicKey: string
  readonly fingerprint: string
  /** Base64 of the CA's key blob: a revocation must name the CA that signed, also after it was replaced. */
  readonly ca: string
  readonly caFingerprint: string
  readonly issuedAt: string
  readonly validFrom: string
  readonly expiresAt: string
  /** Empty where none was needed. */
  readonly approvalRequestId: string
}

/** What a revocation hits. */
export type RevokedTarget =
  | { readonly kind: 'serials'; readonly ca: string; readonly first: string; readonly last: string }
  | { readonly kind: 'key_id'; readonly ca: string; readonly keyId: string }
  | { readonly kind: 'key'; readonly publicKey: string }

/** One revocation, as it is kept. Times are RFC 3339. */
export interface RevocationRecord {
  readonly revokedAt: string
  readonly by: string
  readonly reason: string
  readonly target: RevokedTarget
  /** Empty unless one certificate was named. */
  readonly certId: string
  /** When what it hits has expired by itself; empty: never. */
  readonly expiresAt: string
}

/**
 * What the CA remembers. Adding is durable when the promise resolves; what was added is never changed.
 * Every method may throw CA_STORE_FAILED and CA_STORE_DAMAGED, and the codes of its adapter (STORE_PATH_UNSAFE, STORE_LOCKED).
 */
export interface CertStore {
  addIssued(record: IssuedRecord): Promise<void>
  /** Oldest first; none is `[]`. */
  listIssued(): Promise<readonly IssuedRecord[]>
  addRevoked(record: RevocationRecord): Promise<void>
  /** Oldest first; none is `[]`. */
  listRevoked(): Promise<readonly RevocationRecord[]>
  /** Replaces the published list in one step: a reader sees the old one or the new one, whole. */
  publishKrl(bytes: Uint8Array): Promise<void>
  /** The published list; undefined when there is none yet. */
  readKrl(): Promise<Uint8Array | undefined>
  /** Runs `work` while no other process runs any on this store. */
  exclusively<T>(work: () => Promise<T>): Promise<T>
}

/** Where the CA's encrypted key lies. */
export interface KeyVault {
  /** The bytes of {@link sealCaKey}; undefined when there is no key yet. */
  readCaKey(): Promise<Uint8Array | undefined>
  /**
   * Keeps a new key, durably.
   *
   * @throws CA_KEY_EXISTS when there is one: a CA key is never overwritten
   */
  createCaKey(sealed: Uint8Array): Promise<void>
}

/** One step in the life of a key that was put into an authorized_keys file. Times are RFC 3339. */
export interface KeyRecord {
  readonly event: 'installed' | 'removed'
  readonly at: string
  readonly keyId: string
  readonly hostId: string
  /** The account on the host. */
  readonly userName: string
  readonly publicKey: string
  readonly fingerprint: string
  readonly expiresAt: string
  readonly by: string
  readonly reason: string
}

/** What was put into which authorized_keys file, so that it can be found again and swept. */
export interface KeyLedger {
  /** Durable when it resolves. */
  addKey(record: KeyRecord): Promise<void>
  /** Oldest first; none is `[]`. */
  listKeys(): Promise<readonly KeyRecord[]>
}

/** The keys that are still in a file somewhere, as far as the ledger knows: one record per key and host. */
export function installedKeys(records: readonly KeyRecord[]): readonly KeyRecord[] {
  const latest = new Map<string, KeyRecord>()
  for (const record of records) latest.set(`${record.keyId} ${record.hostId} ${record.userName}`, record)
  return [...latest.values()].filter((record) => record.event === 'installed')
}
