import type { KeyObject } from 'node:crypto'
import type { Secret } from '@sshmcp/kernel'
import type { ParsedCertificate } from './certificate.ts'
import { certificateTypeOf } from './key-type.ts'
import type { SshPublicKey } from './public-key.ts'
import { signBlob } from './signature.ts'

/** A certificate and the means to prove possession of its key: what an SSH client logs in with. */
export interface LoginIdentity {
  /** What goes over the wire as the public key. */
  readonly certificateBlob: Uint8Array
  /** The algorithm to ask the server for, such as `ssh-ed25519-cert-v01@openssh.com`. */
  readonly certificateAlgorithm: string
  /** The plain key inside. */
  readonly subject: SshPublicKey
  /** Unix milliseconds: no login after this, and no reuse of a connection either. */
  readonly expiresAt: number
  /** A signature in SSH's form (`string algorithm, string raw`), always by the plain algorithm. */
  sign(data: Uint8Array): Uint8Array
}

/** Joins a certificate and its private key. RSA keys log in with SHA-512. */
export function loginIdentity(
  certificate: Pick<ParsedCertificate, 'blob' | 'validBefore'>,
  subject: SshPublicKey,
  privateKey: Secret<KeyObject>,
): LoginIdentity {
  const isRsa = subject.type === 'ssh-rsa'
  return {
    certificateBlob: certificate.blob,
    certificateAlgorithm: isRsa ? 'rsa-sha2-512-cert-v01@openssh.com' : certificateTypeOf(subject.type),
    subject,
    expiresAt: Number(certificate.validBefore) * 1000,
    sign: (data) => signBlob(subject, privateKey.reveal(), data),
  }
}
