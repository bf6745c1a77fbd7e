import type { BaseAgent, ParsedKey, SignCallback, SigningRequestOptions } from 'ssh2'
import { loadSsh2 } from './load-ssh2.ts'

/** The keys of an ssh-agent, or why there are none. */
export interface AgentKeys {
  readonly keys: readonly AgentKey[]
  /** In words for a person: the socket and what came of it. */
  readonly state: string
}

export interface AgentKey {
  readonly blob: Buffer
  readonly comment: string
  /** An agent as ssh2 wants one that offers this key alone, so that each refusal has a name. */
  readonly agent: BaseAgent
}

/** @param socket `SSH_AUTH_SOCK`, as the environment of this process has it */
export async function listAgentKeys(socket: string | undefined, signal: AbortSignal): Promise<AgentKeys> {
  if (socket === undefined || socket === '') {
    return {
      keys: [],
      state: 'no agent: SSH_AUTH_SOCK is not set in the environment of this server (editors often lack it)',
    }
  }
  const { createAgent } = await loadSsh2()
  const agent = createAgent(socket)
  try {
    const parsed = await withAbort(identitiesOf(agent), signal)
    const keys = await Promise.all(parsed.map((key) => single(agent, key)))
    return { keys, state: `agent ${socket}: ${keys.length} ${keys.length === 1 ? 'key' : 'keys'}` }
  } catch {
    // ssh2 does not say which of the two it was: nobody there, or no agent.
    signal.throwIfAborted()
    return { keys: [], state: `agent ${socket} cannot be used: nothing there answers as an agent` }
  }
}

function identitiesOf(agent: BaseAgent): Promise<readonly ParsedKey[]> {
  return new Promise((resolve, reject) => {
    agent.getIdentities((error, keys) => {
      if (error) reject(error)
      else resolve((keys ?? []).filter(isParsed))
    })
  })
}

function isParsed(key: unknown): key is ParsedKey {
  return typeof key === 'object' && key !== null && 'getPublicSSH' in key
}

function withAbort<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(signal.reason)
    if (signal.aborted) onAbort()
    signal.addEventListener('abort', onAbort, { once: true })
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort))
  })
}

async function single(agent: BaseAgent, key: ParsedKey): Promise<AgentKey> {
  const { BaseAgent } = await loadSsh2()
  class SingleKeyAgent extends BaseAgent<ParsedKey> {
    override getIdentities(callback: (error?: Error | null, keys?: ParsedKey[]) => void): void {
      callback(null, [key])
    }
    override sign(
      publicKey: ParsedKey,
      data: Buffer,
      options: SigningRequestOptions | SignCallback,
      callback?: SignCallback,
    ): void {
      if (typeof options === 'function') agent.sign(publicKey, data, options)
      else agent.sign(publicKey, data, options, callback)
    }
  }
  return { blob: key.getPublicSSH(), comment: key.comment ?? '', agent: new SingleKeyAgent() }
}
