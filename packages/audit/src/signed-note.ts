import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto'

/**
 * C2SP signed notes with Ed25519 keys (https://c2sp.org/signed-note): a text, a blank line, and signature lines.
 * Keys have the text forms of Go's `golang.org/x/mod/sumdb/note`.
 */

/** Signature type of plain Ed25519. */
const ed25519 = 0x01
const pkcs8Head = '302e020100300506032b657004220420'
const spkiHead = '302a300506032b6570032100'

/** A public key with the name that it signs under. */
export interface NoteVerifier {
  readonly name: string
  /** `<name>+<id>+<base64 key>`, safe to hand around. */
  readonly vkey: string
  readonly id: Buffer
  readonly key: KeyObject
}

/** A private key with its name. */
export interface NoteSigner extends NoteVerifier {
  /** The whole note: `text`, which ends with a newline, and the signature over it. */
  sign(text: string): string
}

/** A signer from the 32 bytes of an Ed25519 private key. */
export function noteSigner(name: string, seed: Uint8Array): NoteSigner {
  const privateKey = createPrivateKey({
    key: Buffer.concat([Buffer.from(pkcs8Head, 'hex'), seed]),
    format: 'der',
    type: 'pkcs8',
  })
  const publicKey = createPublicKey(privateKey)
  const raw = publicKey.export({ format: 'der', type: 'spki' }).subarray(spkiHead.length / 2)
  const verifier = verifierOf(name, raw)
  return {
    ...verifier,
    sign: (text) => {
      const signature = Buffer.concat([verifier.id, sign(null, Buffer.from(text, 'utf8'), privateKey)])
      return `${text}\n— ${name} ${signature.toString('base64')}\n`
    },
  }
}

/** A signer from `PRIVATE+KEY+<name>+<id>+<base64>`; undefined when it is none, or its id is not its own. */
export function parseSigner(skey: string): NoteSigner | undefined {
  const found = /^PRIVATE\+KEY\+([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)\s*$/.exec(skey)
  const [, name = '', id = '', encoded = ''] = found ?? []
  const bytes = Buffer.from(encoded, 'base64')
  if (bytes.length !== 33 || bytes[0] !== ed25519) return undefined
  const signer = noteSigner(name, bytes.subarray(1))
  return signer.id.toString('hex') === id ? signer : undefined
}

/** The text form of a private key. */
export function formatSigner(name: string, seed: Uint8Array): string {
  const id = noteSigner(name, seed).id.toString('hex')
  return `PRIVATE+KEY+${name}+${id}+${Buffer.concat([Uint8Array.of(ed25519), seed]).toString('base64')}`
}

/** A verifier from `<name>+<id>+<base64>`; undefined when it is none, or its id is not its own. */
export function parseVerifier(vkey: string): NoteVerifier | undefined {
  const found = /^([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)\s*$/.exec(vkey)
  const [, name = '', id = '', encoded = ''] = found ?? []
  const bytes = Buffer.from(encoded, 'base64')
  if (bytes.length !== 33 || bytes[0] !== ed25519) return undefined
  const verifier = verifierOf(name, bytes.subarray(1))
  return verifier.id.toString('hex') === id ? verifier : undefined
}

function verifierOf(name: string, raw: Uint8Array): NoteVerifier {
  const typed = Buffer.concat([Uint8Array.of(ed25519), raw])
  const id = createHash('sha256').update(`${name}\n`, 'utf8').update(typed).digest().subarray(0, 4)
  const key = createPublicKey({ key: Buffer.concat([Buffer.from(spkiHead, 'hex'), raw]), format: 'der', type: 'spki' })
  return { name, id, key, vkey: `${name}+${id.toString('hex')}+${typed.toString('base64')}` }
}

/** The text of a note and the signature that claims to be the verifier's; undefined when there is none. */
function splitNote(note: string, by: NoteVerifier): { readonly text: string; readonly signature: Buffer } | undefined {
  const blank = note.lastIndexOf('\n\n')
  if (blank < 0 || !note.endsWith('\n')) return undefined
  for (const line of note.slice(blank + 2, -1).split('\n')) {
    const found = /^— (\S+) ([A-Za-z0-9+/=]+)$/.exec(line)
    if (found === null) return undefined
    const bytes = Buffer.from(found[2] ?? '', 'base64')
    // Base64 leaves bits that say nothing; only one spelling is the signature.
    const isExact = bytes.toString('base64') === found[2]
    const isTheirs = found[1] === by.name && bytes.subarray(0, 4).equals(by.id) && bytes.length === 68
    if (isTheirs && isExact) return { text: note.slice(0, blank + 1), signature: bytes.subarray(4) }
  }
  return undefined
}

/** The text of a note that the verifier signed; undefined when it did not. */
export function openNote(note: string, by: NoteVerifier): string | undefined {
  const parts = splitNote(note, by)
  if (parts === undefined) return undefined
  return verify(null, Buffer.from(parts.text, 'utf8'), by.key, parts.signature) ? parts.text : undefined
}
