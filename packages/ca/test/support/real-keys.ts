import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type MintedCertificate, parsePublicKeyLine, type SshPublicKey } from '@sshmcp/ca'

/** A key pair that `ssh-keygen` made, on disk. */
export interface RealKey {
  readonly path: string
  readonly publicKey: SshPublicKey
}

/** Lets ssh-keygen make a key, such as `['-t', 'ecdsa', '-b', '384']`. */
export function makeKey(folder: string, name: string, kind: readonly string[] = ['-t', 'ed25519']): RealKey {
  const path = join(folder, name)
  execFileSync('ssh-keygen', ['-q', ...kind, '-N', '', '-C', name, '-f', path])
  return { path, publicKey: parsePublicKeyLine(readFileSync(`${path}.pub`, 'utf8')) }
}

/** Puts a certificate beside its key, where ssh looks for it. */
export function keepCertificate(keyPath: string, certificate: MintedCertificate): string {
  const path = `${keyPath}-cert.pub`
  writeFileSync(path, `${certificate.line}\n`)
  return path
}

/** Every kind of key that ssh-keygen makes without a token. */
export const kinds = [
  ['ed25519', ['-t', 'ed25519']],
  ['ecdsa 256', ['-t', 'ecdsa', '-b', '256']],
  ['ecdsa 384', ['-t', 'ecdsa', '-b', '384']],
  ['ecdsa 521', ['-t', 'ecdsa', '-b', '521']],
  ['rsa 2048', ['-t', 'rsa', '-b', '2048']],
] as const
