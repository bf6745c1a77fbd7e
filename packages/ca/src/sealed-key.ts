import {
  createCipheriv,
  createDecipheriv,
  createPrivateKey,
  createPublicKey,
  randomBytes,
  type ScryptOptions,
  scrypt,
} from 'node:crypto'
import { Secret } from '@sshmcp/kernel'
import type { CaKey } from './ca-signer.ts'
import { caErrors } from './errors.ts'
import { formatPublicKeyLine, isSameKey, parsePublicKeyLine, publicKeyOf, type SshPublicKey } from './public-key.ts'
import type { Entropy } from './serial.ts'

/** How hard it is to try passphrases: scrypt's N, a power of two. The memory is 1 KiB times N. */
export interface SealOptions {
  /** Default 2^17: 128 MiB, and about a second on a small machine. */
  readonly scryptN?: number
  readonly entropy?: Entropy
}

const format = 'sshmcp-ca-key'
const leastN = 2 ** 14
const mostN = 2 ** 20
const blockSize = 8
const minPassphraseLength = 8

interface Header {
  readonly format: typeof format
  readonly version: 1
  readonly kdf: 'scrypt'
  readonly n: number
  readonly salt: string
  readonly cipher: 'aes-256-gcm'
  readonly nonce: string
  readonly public_key: string
}

/**
 * A CA key as bytes for a file: JSON of one version, the private key under AES-256-GCM with a key that scrypt makes of
 * the passphrase. Everything else in the file is authenticated with it, the public key too.
 *
 * @throws CA_PASSPHRASE_WEAK
 */
export async function sealCaKey(key: CaKey, passphrase: Secret, options: SealOptions = {}): Promise<Uint8Array> {
  if (passphrase.reveal().length < minPassphraseLength) {
    throw caErrors.error('CA_PASSPHRASE_WEAK', {
      message: `The passphrase has fewer than ${minPassphraseLength} characters.`,
    })
  }
  const entropy = options.entropy ?? randomBytes
  const header: Header = {
    format,
    version: 1,
    kdf: 'scrypt',
    n: options.scryptN ?? 2 ** 17,
    salt: base64(entropy(16)),
    cipher: 'aes-256-gcm',
    nonce: base64(entropy(12)),
    public_key: formatPublicKeyLine({ ...key.publicKey, comment: '' }),
  }
  const cipher = createCipheriv('aes-256-gcm', await derive(header, passphrase), Buffer.from(header.nonce, 'base64'))
  cipher.setAAD(authenticated(header))
  const plain = key.privateKey.reveal().export({ format: 'der', type: 'pkcs8' })
  const sealed = Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()])
  plain.fill(0)
  return Buffer.from(`${JSON.stringify({ ...header, sealed: base64(sealed) }, null, 2)}\n`)
}

/**
 * Opens what {@link sealCaKey} made.
 *
 * @throws CA_KEY_FILE_INVALID, CA_PASSPHRASE_WRONG
 */
export async function openCaKey(bytes: Uint8Array, passphrase: Secret): Promise<CaKey> {
  const { header, sealed } = readFile(bytes)
  const plain = decrypt(header, sealed, await derive(header, passphrase))
  const privateKey = createPrivateKey({ key: plain, format: 'der', type: 'pkcs8' })
  plain.fill(0)
  const publicKey = publicKeyOf(createPublicKey(privateKey))
  if (!isSameKey(publicKey, parsePublicKeyLine(header.public_key)))
    throw invalid('its two halves are of different keys')
  return { publicKey, privateKey: new Secret(privateKey) }
}

/**
 * The public half of a sealed key, without the passphrase. Only opening the file proves that nobody changed it.
 *
 * @throws CA_KEY_FILE_INVALID
 */
export function sealedPublicKey(bytes: Uint8Array): SshPublicKey {
  return parsePublicKeyLine(readFile(bytes).header.public_key)
}

function decrypt(header: Header, sealed: Buffer, key: Buffer): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(header.nonce, 'base64'), { authTagLength: 16 })
  decipher.setAAD(authenticated(header))
  decipher.setAuthTag(sealed.subarray(-16))
  try {
    return Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()])
  } catch (cause) {
    const message = 'The passphrase does not open the CA key, or its file was changed.'
    throw caErrors.error('CA_PASSPHRASE_WRONG', { message, cause })
  }
}

/** NFC, so that the same passphrase typed on another keyboard is the same passphrase. */
function derive(header: Header, passphrase: Secret): Promise<Buffer> {
  const options: ScryptOptions = { N: header.n, r: blockSize, p: 1, maxmem: 256 * blockSize * header.n }
  const salt = Buffer.from(header.salt, 'base64')
  return new Promise((resolve, reject) => {
    scrypt(passphrase.reveal().normalize('NFC'), salt, 32, options, (error, key) =>
      error ? reject(error) : resolve(key),
    )
  })
}

function authenticated(header: Header): Buffer {
  const { version, kdf, n, salt, cipher, nonce, public_key } = header
  return Buffer.from(JSON.stringify([header.format, version, kdf, n, salt, cipher, nonce, public_key]))
}

function readFile(bytes: Uint8Array): { header: Header; sealed: Buffer } {
  const file = parseJson(bytes)
  if (file.get('format') !== format) throw invalid('it is not one of ours')
  if (file.get('version') !== 1) throw invalid('its version is unknown')
  if (file.get('kdf') !== 'scrypt' || file.get('cipher') !== 'aes-256-gcm') throw invalid('its methods are unknown')
  const header: Header = {
    format,
    version: 1,
    kdf: 'scrypt',
    n: scryptCost(file.get('n')),
    salt: bytesField(file, 'salt', 16),
    cipher: 'aes-256-gcm',
    nonce: bytesField(file, 'nonce', 12),
    public_key: publicKeyField(file.get('public_key')),
  }
  const sealed = file.get('sealed')
  if (typeof sealed !== 'string' || sealed.length > 16_384) throw invalid('it holds no key')
  const sealedBytes = Buffer.from(sealed, 'base64')
  if (sealedBytes.length < 32) throw invalid('it holds no key')
  return { header, sealed: sealedBytes }
}

function parseJson(bytes: Uint8Array): Map<string, unknown> {
  try {
    const value: unknown = JSON.parse(Buffer.from(bytes).toString('utf8'))
    if (typeof value === 'object' && value !== null) return new Map(Object.entries(value))
  } catch (cause) {
    throw invalid('it is not JSON', cause)
  }
  throw invalid('it is not a JSON object')
}

/** Bounded on both sides: a planted file must neither weaken the key nor eat the memory. */
function scryptCost(n: unknown): number {
  if (typeof n === 'number' && Number.isInteger(Math.log2(n)) && n >= leastN && n <= mostN) return n
  throw invalid('its scrypt cost is out of bounds')
}

function bytesField(file: Map<string, unknown>, name: string, length: number): string {
  const text = file.get(name)
  if (typeof text === 'string' && Buffer.from(text, 'base64').length === length) return text
  throw invalid(`${name} is missing or malformed`)
}

function publicKeyField(value: unknown): string {
  try {
    if (typeof value === 'string') return formatPublicKeyLine(parsePublicKeyLine(value))
  } catch (cause) {
    throw invalid('its public key is malformed', cause)
  }
  throw invalid('its public key is missing')
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64')
}

function invalid(why: string, cause?: unknown): Error {
  return caErrors.error('CA_KEY_FILE_INVALID', { message: `The CA key file cannot be used: ${why}.`, cause })
}
