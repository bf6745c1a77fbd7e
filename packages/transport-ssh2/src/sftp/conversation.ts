import { isSshMcpError, type SshMcpError } from '@sshmcp/kernel'
import { sftpErrors } from '@sshmcp/transport'
import type { ClientChannel } from 'ssh2'
import { freeIfAlone } from '../memory.ts'
import type { Answer } from './answers.ts'
import { PacketCutter, PacketReader, packet } from './packets.ts'
import { PieceMemory } from './piece-memory.ts'

/** A host that owes an answer and says nothing for so long is given up. */
const silenceSeconds = 60

/** The answer to our hello has no id; it waits under one that no request gets. */
const versionId = -1

interface Waiting {
  readonly resolve: (answer: Answer) => void
  readonly reject: (error: unknown) => void
}

/** Requests and answers over one channel, told apart by their ids; as many under way as wanted. */
export class Conversation {
  /** Where answers with pieces of files lie; their readers give it back. */
  readonly pieces = new PieceMemory()
  readonly #channel: ClientChannel
  readonly #address: string
  readonly #waiting = new Map<number, Waiting>()
  readonly #closed: Promise<void>
  #nextId = 0
  #end: SshMcpError | undefined
  #silence: NodeJS.Timeout | undefined

  constructor(channel: ClientChannel, address: string) {
    this.#channel = channel
    this.#address = address
    const cutter = new PacketCutter(
      (type, payload) => this.#take(type, payload),
      (length) => this.pieces.take(length),
    )
    channel.on('data', (chunk: Buffer) => {
      this.#guard(() => cutter.take(chunk))
      freeIfAlone(chunk)
    })
    channel.stderr.resume()
    channel.on('error', () => this.#fail(this.#lost()))
    this.#closed = new Promise((resolve) => {
      channel.once('close', () => {
        this.#fail(this.#lost())
        resolve()
      })
    })
  }

  /** Says hello; returns the extensions that the host offers, with their versions. */
  async begin(signal: AbortSignal): Promise<ReadonlyMap<string, string>> {
    const version = new Promise<Answer>((resolve, reject) => this.#waiting.set(versionId, { resolve, reject }))
    this.#watch()
    this.#channel.write(Buffer.from([0, 0, 0, 5, packet.init, 0, 0, 0, 3]))
    const { fields } = await abortable(version, signal)
    return this.parse(() => {
      if (fields.u32() !== 3) throw new RangeError('another version than 3')
      const extensions = new Map<string, string>()
      while (fields.left > 0) extensions.set(fields.bytes().toString('latin1'), fields.bytes().toString('latin1'))
      return extensions
    })
  }

  /** Sends one request, at once, and resolves with its answer. */
  ask(type: number, fields: Buffer, signal: AbortSignal): Promise<Answer> {
    return abortable(this.send(type, fields), signal)
  }

  /** As {@link ask}, for those who look after the signal themselves. */
  send(type: number, fields: Buffer): Promise<Answer> {
    const head = Buffer.allocUnsafe(9 + fields.length)
    fields.copy(head, 9)
    return this.sendFilled(type, head)
  }

  /**
   * Sends a packet whose first nine bytes are still to be filled in.
   *
   * @param onTaken called once the bytes are copied, when the buffer may be filled anew
   */
  sendFilled(type: number, whole: Buffer, onTaken?: () => void): Promise<Answer> {
    if (this.#end !== undefined) return Promise.reject(this.#end)
    const id = this.#nextId
    this.#nextId = (this.#nextId + 1) % 0x1_0000_0000
    whole.writeUInt32BE(whole.length - 4, 0)
    whole[4] = type
    whole.writeUInt32BE(id, 5)
    const answer = new Promise<Answer>((resolve, reject) => this.#waiting.set(id, { resolve, reject }))
    if (this.#waiting.size === 1) this.#watch()
    this.#channel.write(whole, onTaken)
    return answer
  }

  async close(): Promise<void> {
    this.#fail(sftpErrors.error('SFTP_CONNECTION_LOST', { message: 'The file channel was closed.' }))
    this.#channel.end()
    this.#channel.close()
    let timer: NodeJS.Timeout | undefined
    const patience = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, 1_000)
    })
    await Promise.race([this.#closed, patience])
    clearTimeout(timer)
  }

  /** Runs what takes an answer apart: a malformed one ends the conversation with a code. */
  parse<T>(take: () => T): T {
    try {
      return take()
    } catch (cause) {
      if (isSshMcpError(cause)) throw cause
      const error = this.#malformed(cause)
      this.#fail(error)
      throw error
    }
  }

  #guard(work: () => void): void {
    try {
      work()
    } catch (cause) {
      this.#fail(this.#malformed(cause))
    }
  }

  #take(type: number, payload: Buffer): void {
    const fields = new PacketReader(payload)
    const id = type === packet.version ? versionId : fields.u32()
    const waiting = this.#waiting.get(id)
    if (waiting === undefined) throw new RangeError('an answer that nobody asked for')
    this.#waiting.delete(id)
    this.#watch()
    waiting.resolve({ type, fields })
  }

  /** Starts the patience anew while something is owed. */
  #watch(): void {
    if (this.#waiting.size === 0) {
      clearTimeout(this.#silence)
      this.#silence = undefined
    } else if (this.#silence === undefined) {
      this.#silence = setTimeout(() => this.#fail(this.#lost()), silenceSeconds * 1000)
      this.#silence.unref()
    } else this.#silence.refresh()
  }

  #fail(error: SshMcpError): void {
    if (this.#end !== undefined) return
    this.#end = error
    clearTimeout(this.#silence)
    const all = [...this.#waiting.values()]
    this.#waiting.clear()
    for (const { reject } of all) reject(error)
    this.#channel.close()
  }

  #lost(): SshMcpError {
    return sftpErrors.error('SFTP_CONNECTION_LOST', {
      message: `The connection to ${this.#address} was lost in the middle of a file operation.`,
    })
  }

  #malformed(cause: unknown): SshMcpError {
    return sftpErrors.error('SFTP_PROTOCOL', {
      message: `${this.#address} answered with something that is not SFTP version 3.`,
      cause,
    })
  }
}

/** Stops waiting when the signal fires; the answer, when it comes, is dropped. */
export async function abortable<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  if (signal.aborted) {
    work.catch(() => {})
    throw cancelled()
  }
  let onAbort = () => {}
  const aborted = new Promise<never>((_resolve, reject) => {
    onAbort = () => reject(cancelled())
    signal.addEventListener('abort', onAbort, { once: true })
  })
  try {
    return await Promise.race([work, aborted])
  } finally {
    signal.removeEventListener('abort', onAbort)
  }
}

export function cancelled(): SshMcpError {
  return sftpErrors.error('SFTP_CANCELLED', { message: 'The call was cancelled.' })
}
