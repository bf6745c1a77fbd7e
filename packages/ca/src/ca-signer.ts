import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { Secret } from '@sshmcp/kernel'
import { caErrors } from './errors.ts'
import { publicKeyOf, type SshPublicKey } from './public-key.ts'
import { signBlob } from './signature.ts'

/** Signs with the CA key, wherever that is: in memory, in an agent, in a device behind one. */
export interface CaSigner {
  readonly publicKey: SshPublicKey
  /**
   * The signature of some bytes in SSH's form (`string algorithm, string raw`). Callers verify it before they use it.
   *
   * @throws CA_LOCKED, CA_AGENT_UNAVAILABLE, CA_AGENT_REFUSED; the signal's reason when aborted
   */
  sign(bytes: Uint8Array, signal: AbortSignal): Promise<Uint8Array>
}

/** A CA's key pair in memory. */
export interface CaKey {
  readonly publicKey: SshPublicKey
  /** Never exported but into the encrypted file and the agent. */
  readonly privateKey: Secret<KeyObject>
}

/** A fresh Ed25519 key for a new CA. */
export function generateCaKey(): CaKey {
  const pair = generateKeyPairSync('ed25519')
  return { publicKey: publicKeyOf(pair.publicKey), privateKey: new Secret(pair.privateKey) }
}

/** Signs with a key in this process' memory. */
export function memorySigner(key: CaKey): CaSigner {
  return {
    publicKey: key.publicKey,
    async sign(bytes, signal) {
      signal.throwIfAborted()
      return signBlob(key.publicKey, key.privateKey.reveal(), bytes)
    },
  }
}

/** Stands in for a CA key that nothing has opened: everything that needs no signature still works. */
export function lockedSigner(publicKey: SshPublicKey): CaSigner {
  return {
    publicKey,
    async sign() {
      throw caErrors.error('CA_LOCKED', { message: `The CA key ${publicKey.fingerprint} is locked.` })
    },
  }
}
