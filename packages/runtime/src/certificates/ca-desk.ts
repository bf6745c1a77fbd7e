import {
  agentHolds,
  agentSigner,
  type CaSigner,
  type CertificateAuthority,
  caErrors,
  createAuthority,
  createMint,
  lockedSigner,
  type Mint,
  memorySigner,
  openCaKey,
  sealedPublicKey,
} from '@sshmcp/ca'
import { type Clock, type IdSource, Secret } from '@sshmcp/kernel'
import type { KeyPolicy } from '@sshmcp/policy'
import { type FileCertStore, openFileCertStore } from '@sshmcp/store-file'
import type { Places } from '../config.ts'
import type { Settings } from '../environment.ts'
import { readSecretFile } from '../loader/config-files.ts'
import { ttlLimitsOf } from './key-rules.ts'

/** What the CA of a configuration stands on. */
export interface CaDeskDeps {
  readonly places: Pick<Places, 'certDataDir'>
  readonly settings: Pick<Settings, 'agentSocket' | 'caPassphraseFile'>
  readonly clock: Clock
  readonly ids: IdSource
  /** As it is now. */
  readonly policy: () => KeyPolicy
}

/** The CA of `cert_data`, opened by the first who needs it: most servers never do. */
export interface CaDesk {
  /** @throws STORE_PATH_UNSAFE, STORE_NETWORK_FOLDER */
  store(): FileCertStore
  /** @throws CA_NOT_INITIALISED, CA_PASSPHRASE_WRONG, CA_KEY_FILE_INVALID; signing throws CA_LOCKED when nothing opened the key */
  authority(): Promise<CertificateAuthority>
  /** Resolves when the CA could sign now. @throws as `authority`, and CA_LOCKED */
  requireUnlocked(signal: AbortSignal): Promise<void>
  /** Makes certificates without keeping a record of them. @throws as `authority` */
  mint(): Promise<Mint>
}

export function createCaDesk(deps: CaDeskDeps): CaDesk {
  let opened: FileCertStore | undefined
  let signer: Promise<UnlockableSigner> | undefined
  const store = (): FileCertStore => {
    opened ??= openFileCertStore({ folder: deps.places.certDataDir, clock: deps.clock })
    return opened
  }
  const signing = (): Promise<UnlockableSigner> => {
    // What failed is tried again: a person may have mended it meanwhile.
    signer ??= openSigner(store(), deps).catch((error) => {
      signer = undefined
      throw error
    })
    return signer
  }
  return {
    store,
    authority: async () =>
      createAuthority({ ...deps, signer: await signing(), store: store(), limits: ttlLimitsOf(deps.policy()) }),
    requireUnlocked: async (signal) => (await signing()).requireUnlocked(signal),
    mint: async () => createMint({ signer: await signing(), clock: deps.clock }),
  }
}

interface UnlockableSigner extends CaSigner {
  /** @throws CA_LOCKED */
  requireUnlocked(signal: AbortSignal): Promise<void>
}

async function openSigner(store: FileCertStore, { settings }: CaDeskDeps): Promise<UnlockableSigner> {
  const sealed = await store.readCaKey()
  if (sealed === undefined) throw caErrors.error('CA_NOT_INITIALISED', { message: 'There is no CA key yet.' })
  const { agentSocket, caPassphraseFile } = settings
  if (caPassphraseFile !== undefined) {
    const key = memorySigner(await openCaKey(sealed, readPassphrase(caPassphraseFile)))
    return { ...key, requireUnlocked: async () => {} }
  }
  const publicKey = sealedPublicKey(sealed)
  const locked = lockedSigner(publicKey)
  const refuse = async (signal: AbortSignal): Promise<void> => {
    await locked.sign(new Uint8Array(), signal)
  }
  if (agentSocket === undefined) return { ...locked, requireUnlocked: refuse }
  const agent = agentSigner({ socketPath: agentSocket }, publicKey)
  // Asked each time: a key goes from the agent when its hours are over, and comes when a person unlocks it.
  const isHeld = (signal: AbortSignal) => agentHas(agentSocket, publicKey, signal)
  return {
    publicKey,
    sign: async (bytes, signal) => ((await isHeld(signal)) ? agent.sign(bytes, signal) : locked.sign(bytes, signal)),
    requireUnlocked: async (signal) => ((await isHeld(signal)) ? undefined : refuse(signal)),
  }
}

async function agentHas(socketPath: string, key: CaSigner['publicKey'], signal: AbortSignal): Promise<boolean> {
  try {
    return await agentHolds({ socketPath }, key, signal)
  } catch {
    signal.throwIfAborted()
    // No agent holds nothing: that the key is locked says what to do about it.
    return false
  }
}

/** The passphrase in the file that SSH_MCP_CA_PASSPHRASE_FILE names. @throws CONFIG_INVALID */
export function readPassphrase(path: string): Secret {
  return new Secret(readSecretFile(path, { variable: 'SSH_MCP_CA_PASSPHRASE_FILE', what: 'the CA passphrase' }))
}
