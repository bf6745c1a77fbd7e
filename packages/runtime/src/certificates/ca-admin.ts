import {
  addToAgent,
  caErrors,
  createAuthority,
  formatPublicKeyLine,
  generateCaKey,
  lockedSigner,
  openCaKey,
  sealCaKey,
  sealedPublicKey,
} from '@sshmcp/ca'
import { randomIds, type Secret, systemClock } from '@sshmcp/kernel'
import { type FileCertStore, openFileCertStore } from '@sshmcp/store-file'
import { type Desk, journalChange } from '../journal-change.ts'
import { readPassphrase } from './ca-desk.ts'

/** A CA as a person sees it from a terminal. */
export interface CaOverview {
  readonly fingerprint: string
  /** One line, as `TrustedUserCAKeys` takes it. */
  readonly publicKeyLine: string
  readonly publicKeyPath: string
  readonly krlPath: string
}

/** The passphrase that SSH_MCP_CA_PASSPHRASE_FILE names; undefined when it names none. @throws CONFIG_INVALID */
export function caPassphraseFromFile({ settings }: Desk): Secret | undefined {
  return settings.caPassphraseFile === undefined ? undefined : readPassphrase(settings.caPassphraseFile)
}

/**
 * Makes the CA key, encrypted with a passphrase, and an empty revocation list: hosts are to have the list before they
 * trust the key. In the journal like any change.
 *
 * @param askPassphrase only called when there is no key yet
 * @throws CA_KEY_EXISTS, CA_PASSPHRASE_WEAK, STORE_*
 */
export async function initCa(desk: Desk, askPassphrase: () => Promise<Secret>): Promise<CaOverview> {
  const store = storeOf(desk)
  const isThere = (await store.readCaKey()) !== undefined
  const passphrase = isThere ? undefined : await askPassphrase()
  return journalChange(desk, { command: 'ca init', detail: {} }, async () => {
    if (passphrase === undefined)
      throw caErrors.error('CA_KEY_EXISTS', { message: `There is a CA key already in ${desk.places.certDataDir}.` })
    await store.createCaKey(await sealCaKey(generateCaKey(), passphrase))
    await publishList(store)
    return overview(store)
  })
}

/** @throws CA_NOT_INITIALISED */
export function caOverview(desk: Desk): Promise<CaOverview> {
  return overview(storeOf(desk))
}

/** The published revocation list; published anew when there is none. @throws CA_NOT_INITIALISED */
export async function caRevocationList(desk: Desk): Promise<Uint8Array> {
  const store = storeOf(desk)
  return (await store.readKrl()) ?? (await publishList(store))
}

/**
 * Puts the CA key into the ssh-agent for a while.
 *
 * @param askPassphrase only called when there are a key and an agent
 * @throws CA_NOT_INITIALISED, CA_PASSPHRASE_WRONG, CA_AGENT_UNAVAILABLE, CA_AGENT_REFUSED
 */
export async function unlockCa(
  desk: Desk,
  { askPassphrase, seconds }: { readonly askPassphrase: () => Promise<Secret>; readonly seconds: number },
  signal: AbortSignal,
): Promise<{ readonly fingerprint: string }> {
  const sealed = await sealedKey(storeOf(desk))
  const socketPath = desk.settings.agentSocket
  if (socketPath === undefined)
    throw caErrors.error('CA_AGENT_UNAVAILABLE', { message: 'SSH_AUTH_SOCK names no ssh-agent.' })
  const passphrase = await askPassphrase()
  return journalChange(desk, { command: 'ca unlock', detail: { seconds } }, async () => {
    const key = await openCaKey(sealed, passphrase)
    await addToAgent({ socketPath }, key, { comment: 'sshmcp CA', lifetimeSeconds: seconds }, signal)
    return { fingerprint: key.publicKey.fingerprint }
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
