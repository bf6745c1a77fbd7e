import type { RemoteStat, RemoteWriter } from '@sshmcp/transport'
import { requireOk } from './answers.ts'
import { abortable, type Conversation, cancelled } from './conversation.ts'
import { PacketWriter, packet } from './packets.ts'
import { chunkBytes, closeHandle, mostUnderWay, statHandle } from './remote-reader.ts'

/** A new file, written by many requests at once. */
export class Ssh2RemoteWriter implements RemoteWriter {
  readonly #conversation: Conversation
  readonly #handle: Buffer
  readonly #what: string
  readonly #canSync: boolean

  constructor(conversation: Conversation, handle: Buffer, what: string, canSync: boolean) {
    this.#conversation = conversation
    this.#handle = handle
    this.#what = what
    this.#canSync = canSync
  }

  stat(signal: AbortSignal): Promise<RemoteStat> {
    return statHandle(this.#conversation, this.#handle, this.#what, signal)
  }

  async write(source: AsyncIterable<Uint8Array>, signal: AbortSignal): Promise<number> {
    const underWay: Promise<void>[] = []
    let offset = 0
    try {
      for await (const chunk of source) {
        for (let at = 0; at < chunk.length; at += chunkBytes) {
          if (signal.aborted) throw cancelled()
          const piece = chunk.subarray(at, at + chunkBytes)
          if (underWay.length >= mostUnderWay) await abortable(underWay.shift() ?? Promise.resolve(), signal)
          const sent = this.#send(piece, offset)
          sent.catch(() => {})
          underWay.push(sent)
          offset += piece.length
        }
      }
      for (const sent of underWay) await abortable(sent, signal)
      return offset
    } finally {
      underWay.length = 0
    }
  }

  async chmod(mode: number, signal: AbortSignal): Promise<void> {
    const permissions = 4
    const fields = new PacketWriter()
      .bytes(this.#handle)
      .u32(permissions)
      .u32(mode & 0o777)
    const answer = await this.#conversation.ask(packet.fsetstat, fields.done(), signal)
    this.#conversation.parse(() => requireOk(answer, this.#what))
  }

  async chown(uid: number, gid: number, signal: AbortSignal): Promise<void> {
    const owners = 2
    const fields = new PacketWriter().bytes(this.#handle).u32(owners).u32(uid).u32(gid)
    const answer = await this.#conversation.ask(packet.fsetstat, fields.done(), signal)
    this.#conversation.parse(() => requireOk(answer, this.#what))
  }

  async sync(signal: AbortSignal): Promise<boolean> {
    if (!this.#canSync) return false
    const fields = new PacketWriter().text('fsync@openssh.com').bytes(this.#handle)
    const answer = await this.#conversation.ask(packet.extended, fields.done(), signal)
    this.#conversation.parse(() => requireOk(answer, this.#what))
    return true
  }

  close(): Promise<void> {
    return closeHandle(this.#conversation, this.#handle)
  }

  async #send(piece: Uint8Array, offset: number): Promise<void> {
    // One buffer for head and content: written separately each would become an SSH packet of its own.
    const handle = this.#handle
    const whole = Buffer.allocUnsafe(9 + 4 + handle.length + 8 + 4 + piece.length)
    let at = whole.writeUInt32BE(handle.length, 9)
    at += handle.copy(whole, at)
    at = whole.writeBigUInt64BE(BigInt(offset), at)
    at = whole.writeUInt32BE(piece.length, at)
    whole.set(piece, at)
    const answer = await this.#conversation.sendFilled(packet.write, whole)
    this.#conversation.parse(() => requireOk(answer, this.#what))
  }
}
