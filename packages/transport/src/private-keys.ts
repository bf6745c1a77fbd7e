import type { Secret } from '@sshmcp/kernel'

/** A private key file, or why there is none. */
export type PrivateKeyFile =
  | { readonly path: string; readonly found: true; readonly text: Secret }
  | { readonly path: string; readonly found: false; readonly why: string }

/** Where private keys come from. Read for every connection. */
export interface PrivateKeys {
  /** The key file that `identity_file` names (`~` is expanded); never throws for a file that is not there. */
  named(path: string): Promise<PrivateKeyFile>
  /** The default keys that exist, in OpenSSH's order: `~/.ssh/id_ed25519`, `id_ecdsa`, `id_rsa`. */
  defaults(): Promise<readonly PrivateKeyFile[]>
}
