import type { CaKey } from './ca-signer.ts'
import { caErrors } from './errors.ts'
import type { SshPublicKey } from './public-key.ts'
import { string, u8, u32, WireReader } from './wire.ts'

const type = { failure: 5, success: 6, identitiesAnswer: 12, signResponse: 14 } as const
const requestIdentities = 11
const signRequest = 13
const addIdentityConstrained = 25
const constrainLifetime = 1
const constrainConfirm = 2
/** SSH_AGENT_RSA_SHA2_512: without it an agent signs RSA with SHA-1. */
const rsaSha512 = 4

/** How long an agent keeps a key, and whether it asks a person before each use. */
export interface AgentConstraints {
  /** Shown by `ssh-add -l`. */
  readonly comment: string
  readonly lifetimeSeconds: number
  /** Default false. */
  readonly confirmsEachUse?: boolean
}

/** Requests of the ssh-agent protocol (RFC 9987), with their length in front. */
export const agentRequest = {
  identities: (): Buffer => string(u8(requestIdentities)),
  sign: (key: SshPublicKey, data: Uint8Array): Buffer => {
    const flags = key.type === 'ssh-rsa' ? rsaSha512 : 0
    return string(Buffer.concat([u8(signRequest), string(key.blob), string(data), u32(flags)]))
  },
  /** Ed25519 only. */
  add: (key: CaKey, constraints: AgentConstraints): Buffer => {
    const { x, d } = key.privateKey.reveal().export({ format: 'jwk' })
    const publicBytes = Buffer.from(x ?? '', 'base64url')
    const privateBytes = Buffer.concat([Buffer.from(d ?? '', 'base64url'), publicBytes])
    return string(
      Buffer.concat([
        u8(addIdentityConstrained),
        string('ssh-ed25519'),
        string(publicBytes),
        string(privateBytes),
        string(constraints.comment),
        u8(constrainLifetime),
        u32(constraints.lifetimeSeconds),
        ...(constraints.confirmsEachUse === true ? [u8(constrainConfirm)] : []),
      ]),
    )
  },
} as const

/** The key blobs of an answer to `identities`. */
export function readIdentities(answer: Uint8Array): readonly Uint8Array[] {
  const reader = answerReader(answer, type.identitiesAnswer)
  const count = reader.u32()
  const blobs: Uint8Array[] = []
  for (let at = 0; at < count; at++) {
    blobs.push(reader.string())
    reader.string()
  }
  return blobs
}

/** The signature of an answer to `sign`. */
export function readSignature(answer: Uint8Array): Uint8Array {
  const reader = answerReader(answer, type.signResponse)
  const signature = reader.string()
  reader.end('the answer')
  return signature
}

/** Throws unless the answer is a bare success. */
export function readSuccess(answer: Uint8Array): void {
  answerReader(answer, type.success).end('the answer')
}

function answerReader(answer: Uint8Array, wanted: number): WireReader {
  const reader = new WireReader(answer, (why) => refused(`The ssh-agent's answer is malformed: ${why}.`))
  const got = reader.u8()
  if (got === wanted) return reader
  throw refused(got === type.failure ? 'The ssh-agent refused.' : `The ssh-agent gave an answer of kind ${got}.`)
}

function refused(message: string): Error {
  return caErrors.error('CA_AGENT_REFUSED', { message })
}
