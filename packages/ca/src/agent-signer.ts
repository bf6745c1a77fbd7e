import { connect } from 'node:net'
import { type AgentConstraints, agentRequest, readIdentities, readSignature, readSuccess } from './agent-messages.ts'
import type { CaKey, CaSigner } from './ca-signer.ts'
import { caErrors } from './errors.ts'
import type { SshPublicKey } from './public-key.ts'
import { asBuffer } from './wire.ts'

/** Where an ssh-agent listens. */
export interface AgentAddress {
  /** Usually `SSH_AUTH_SOCK`. */
  readonly socketPath: string
  /** Default 30 s: long enough for a person who confirms, or touches a token. */
  readonly timeoutSeconds?: number
}

const maxAnswerBytes = 262_144

/**
 * Signs with a key that an ssh-agent holds, and that never enters this process: also a smart card or a device behind it.
 *
 * @throws CA_KEY_TYPE_REFUSED for a security key, whose signatures are of another form
 */
export function agentSigner(agent: AgentAddress, publicKey: SshPublicKey): CaSigner {
  if (publicKey.type.startsWith('sk-')) {
    const message = `A ${publicKey.type} key cannot sign certificates here.`
    throw caErrors.error('CA_KEY_TYPE_REFUSED', { message })
  }
  return {
    publicKey,
    sign: async (bytes, signal) => readSignature(await ask(agent, agentRequest.sign(publicKey, bytes), signal)),
  }
}

/** Tells whether an agent holds a key. @throws CA_AGENT_UNAVAILABLE, CA_AGENT_REFUSED */
export async function agentHolds(agent: AgentAddress, key: SshPublicKey, signal: AbortSignal): Promise<boolean> {
  const blobs = readIdentities(await ask(agent, agentRequest.identities(), signal))
  return blobs.some((blob) => Buffer.compare(blob, key.blob) === 0)
}

/**
 * Hands a CA key to an agent, which forgets it after its lifetime: what `sshmcp ca unlock` does.
 *
 * @throws CA_AGENT_UNAVAILABLE, CA_AGENT_REFUSED; CA_KEY_TYPE_REFUSED for other keys than Ed25519
 */
export async function addToAgent(
  agent: AgentAddress,
  key: CaKey,
  constraints: AgentConstraints,
  signal: AbortSignal,
): Promise<void> {
  if (key.publicKey.type !== 'ssh-ed25519') {
    throw caErrors.error('CA_KEY_TYPE_REFUSED', { message: 'Only an Ed25519 CA key can be put into an agent.' })
  }
  readSuccess(await ask(agent, agentRequest.add(key, constraints), signal))
}

/** One connection, one request, one answer. */
function ask(agent: AgentAddress, request: Uint8Array, signal: AbortSignal): Promise<Buffer> {
  signal.throwIfAborted()
  const limit = AbortSignal.any([signal, AbortSignal.timeout((agent.timeoutSeconds ?? 30) * 1000)])
  return new Promise((resolve, reject) => {
    const socket = connect({ path: agent.socketPath })
    const settle = (finish: () => void) => {
      limit.removeEventListener('abort', onAbort)
      socket.destroy()
      finish()
    }
    const fail = (why: string, cause?: unknown) => settle(() => reject(unavailable(why, cause)))
    const onAbort = () => (signal.aborted ? settle(() => reject(signal.reason)) : fail('does not answer in time'))
    let received = Buffer.alloc(0)
    limit.addEventListener('abort', onAbort, { once: true })
    socket.on('connect', () => socket.write(request))
    socket.on('error', (cause) => fail('cannot be reached', cause))
    socket.on('close', () => fail('closed the connection without an answer'))
    socket.on('data', (chunk) => {
      received = Buffer.concat([received, asBuffer(chunk)])
      const length = received.length < 4 ? undefined : received.readUInt32BE()
      if (length === undefined) return
      if (length > maxAnswerBytes) fail('sends an answer that is too long')
      else if (received.length >= 4 + length) settle(() => resolve(received.subarray(4, 4 + length)))
    })
  })
}

function unavailable(why: string, cause?: unknown): Error {
  return caErrors.error('CA_AGENT_UNAVAILABLE', { message: `The ssh-agent ${why}.`, cause })
}
