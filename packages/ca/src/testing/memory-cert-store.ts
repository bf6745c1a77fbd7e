import type { CertStore, IssuedRecord, KeyLedger, KeyRecord, KeyVault, RevocationRecord } from '../cert-store.ts'
import { caErrors } from '../errors.ts'

/** A {@link CertStore} that remembers as long as the process lives. */
export class MemoryCertStore implements CertStore {
  readonly #issued: IssuedRecord[] = []
  readonly #revoked: RevocationRecord[] = []
  #krl: Uint8Array | undefined
  #queue: Promise<unknown> = Promise.resolve()

  async addIssued(record: IssuedRecord): Promise<void> {
    this.#issued.push(structuredClone(record))
  }

  async listIssued(): Promise<readonly IssuedRecord[]> {
    return structuredClone(this.#issued)
  }

  async addRevoked(record: RevocationRecord): Promise<void> {
    this.#revoked.push(structuredClone(record))
  }

  async listRevoked(): Promise<readonly RevocationRecord[]> {
    return structuredClone(this.#revoked)
  }

  async publishKrl(bytes: Uint8Array): Promise<void> {
    this.#krl = Uint8Array.from(bytes)
  }

  async readKrl(): Promise<Uint8Array | undefined> {
    return this.#krl === undefined ? undefined : Uint8Array.from(this.#krl)
  }

  exclusively<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.#queue.then(work)
    this.#queue = mine.catch(() => undefined)
    return mine
  }
}

/** A {@link KeyVault} in memory. */
export class MemoryKeyVault implements KeyVault {
  #sealed: Uint8Array | undefined

  async readCaKey(): Promise<Uint8Array | undefined> {
    return this.#sealed === undefined ? undefined : Uint8Array.from(this.#sealed)
  }

  async createCaKey(sealed: Uint8Array): Promise<void> {
    if (this.#sealed !== undefined) throw caErrors.error('CA_KEY_EXISTS', { message: 'There is a CA key already.' })
    this.#sealed = Uint8Array.from(sealed)
  }
}

/** A {@link KeyLedger} in memory. */
export class MemoryKeyLedger implements KeyLedger {
  readonly #records: KeyRecord[] = []

  async addKey(record: KeyRecord): Promise<void> {
    this.#records.push(structuredClone(record))
  }

  async listKeys(): Promise<readonly KeyRecord[]> {
    return structuredClone(this.#records)
  }
}
