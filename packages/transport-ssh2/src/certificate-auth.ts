import type { LoginIdentity } from '@sshmcp/ca'
import type { Client, ParsedKey } from 'ssh2'
import { loadSsh2 } from './load-ssh2.ts'
import { inside } from './ssh2-inside.ts'

/**
 * A certificate as a key that ssh2 can log in with, on this one client: hand it over as
 * `{ type: 'publickey', username, key }`.
 *
 * A certificate login names two algorithms: the certificate's in the request, the plain key's inside the signature
 * (sshd's sshkey_check_sigtype insists on that). ssh2 writes one name into both places (`Protocol.authPK`; mscdex/ssh2
 * issue 551). So the key signs, lets ssh2 write a placeholder of the right size, and the real signature takes its place
 * in that very packet, before it is encrypted. Only this client is touched, for one packet, in one go with the signing.
 *
 * Fails closed: when ssh2's inside is not as it was, no signature is sent and the login fails.
 */
export async function certificateKey(client: Client, identity: LoginIdentity): Promise<ParsedKey> {
  const { utils } = await loadSsh2()
  const { type, blob } = identity.subject
  // A parsed key carries a private mark by which ssh2 knows it again, so one is made and changed.
  const parsed = utils.parseKey(`${type} ${Buffer.from(blob).toString('base64')}`)
  const key = Array.isArray(parsed) ? parsed[0] : parsed
  if (key instanceof Error) throw new Error(`ssh2 cannot read a ${type} key`, { cause: key })
  return Object.assign(key, {
    // Also keeps ssh2 from choosing an algorithm of its own for RSA.
    type: identity.certificateAlgorithm,
    getPublicSSH: () => Buffer.from(identity.certificateBlob),
    isPrivateKey: () => true,
    // An Error that is returned is a login that failed; ssh2 does not expect one to be thrown.
    sign: (data: Buffer): Buffer | Error => {
      try {
        return signInPlace(client, identity, data)
      } catch (cause) {
        return cause instanceof Error ? cause : new Error('signing failed', { cause })
      }
    },
  })
}

/** Signs, arms the replacement, and returns the placeholder that ssh2 will write. */
function signInPlace(client: Client, identity: LoginIdentity, data: Buffer): Buffer {
  const algorithm = identity.certificateAlgorithm
  const signature = Buffer.from(identity.sign(data))
  const placeholder = Buffer.alloc(signature.length - 8 - algorithm.length)
  const written = sshString(Buffer.concat([sshString(Buffer.from(algorithm)), sshString(placeholder)]))
  replaceInNextPacket(client, written, sshString(signature))
  return placeholder
}

/** Arms an own property on this client's packet writer that undoes itself at the next packet, or when none comes at once. */
function replaceInNextPacket(client: Client, written: Buffer, replacement: Buffer): void {
  const writer = inside(inside(inside(client, '_protocol'), '_packetRW'), 'write')
  const original = inside(writer, 'finalize')
  if (typeof writer !== 'object' || writer === null || typeof original !== 'function') throw changed()
  if (Object.hasOwn(writer, 'finalize') || written.length !== replacement.length) throw changed()
  const disarm = () => Reflect.deleteProperty(writer, 'finalize')
  const finalize = (packet: unknown, ...rest: unknown[]): unknown => {
    disarm()
    if (!(packet instanceof Uint8Array)) throw changed()
    const view = Buffer.from(packet.buffer, packet.byteOffset, packet.byteLength)
    const at = view.lastIndexOf(written)
    if (at < 0) throw changed()
    packet.set(replacement, at)
    return Reflect.apply(original, writer, [packet, ...rest])
  }
  Object.defineProperty(writer, 'finalize', { value: finalize, configurable: true, enumerable: true, writable: true })
  queueMicrotask(() => {
    if (inside(writer, 'finalize') === finalize) disarm()
  })
}

function sshString(bytes: Uint8Array): Buffer {
  const length = Buffer.alloc(4)
  length.writeUInt32BE(bytes.length)
  return Buffer.concat([length, bytes])
}

function changed(): Error {
  return new Error('this version of ssh2 cannot log in with certificates: its inside has changed')
}
