import {
  caErrors,
  createAuthority,
  formatPublicKeyLine,
  generateCaKey,
  lockedSigner,
  sealCaKey,
  sealedPublicKey,
} from '@sshmcp/ca'
import { randomIds, type Secret, systemClock } from '@sshmcp/kernel'
import { type FileCertStore, openFileCertStore } from '@sshmcp/store-file'
import { type Desk, journalChange } from '../journal-change.ts'

/** A CA as a person sees it from a terminal. */
interface CaOverview {
  readonly fingerprint: string
  /** One line, as `TrustedUserCAKeys` takes it. */
  readonly publicKeyLine: string
  readonly publicKeyPath: string
  readonly krlPath: string
}

/**
 * Makes the CA key, encrypted with a passphrase, and an empty revocation list: hosts are to have the list before they
 * trust the key. In the journal like any change.
 *
 * @throws CA_KEY_EXISTS, CA_PASSPHRASE_WEAK, STORE_*
 */
export function initCa(desk: Desk, passphrase: Secret): Promise<CaOverview> {
  return journalChange(desk, { command: 'ca init', detail: {} }, async () => {
    const store = storeOf(desk)
    if ((await store.readCaKey()) !== undefined)
      throw caErrors.error('CA_KEY_EXISTS', { message: `There is a CA key already in ${desk.places.certDataDir}.` })
    await store.createCaKey(await sealCaKey(generateCaKey(), passphrase))
    await publishList(store)
    return overview(store)
  })
}

function storeOf({ places }: Desk): FileCertStore {
  return openFileCertStore({ folder: places.certDataDir, clock: systemClock })
}

async function sealedKey(store: FileCertStore): Promise<Uint8Array> {
  const sealed = await store.readCaKey()
  if (sealed === undefined) throw caErrors.error('CA_NOT_INITIALISED', { message: 'There is no CA key yet.' })
  return sealed
}

async function overview(store: FileCertStore): Promise<CaOverview> {
  const key = sealedPublicKey(await sealedKey(store))
  return {
    fingerprint: key.fingerprint,
    publicKeyLine: formatPublicKeyLine({ ...key, comment: 'sshmcp CA' }),
    publicKeyPath: store.publicKeyPath,
    krlPath: store.krlPath,
  }
}

/** Publishing needs no signature, so the key stays locked. */
async function publishList(store: FileCertStore): Promise<Uint8Array> {
  const signer = lockedSigner(sealedPublicKey(await sealedKey(store)))
  const limits = { defaultTtlSeconds: 60, maxTtlSeconds: 60 }
  const authority = createAuthority({ signer, store, clock: systemClock, ids: randomIds, limits })
  return (await authority.publishKrl()).bytes
}
