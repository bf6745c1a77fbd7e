import type { RemoteStat, RemoteWriter } from '@sshmcp/transport'
import { requireOk } from './answers.ts'
import type { Conversation } from './conversation.ts'
import { PacketWriter, packet } from './packets.ts'
import { closeHandle, statHandle } from './remote-reader.ts'
import { UnderWay } from './under-way.ts'

/** The maximum packet size that OpenSSH offers for a channel (RFC 4254 §5.1). */
const sshPacketBytes = 32_768
/** Tried against OpenSSH: more are no faster. */
const mostUnderWay = 64

/** A new file, written by many requests at once. */
export class Ssh2RemoteWriter implements RemoteWriter {
  readonly #conversation: Conversation
  readonly #handle: Buffer
  readonly #what: string
  readonly #canSync: boolean
  /** What one SSH packet holds beside the request's own fields: a byte more would be sent as a packet of its own. */
  readonly #pieceBytes: number
  /** Buffers that are sent, to be filled again: the memory that a transfer goes through is what its speed depends on. */
  readonly #buffers: Buffer[] = []

  constructor(conversation: Conversation, handle: Buffer, what: string, canSync: boolean) {
    this.#conversation = conversation
    this.#handle = handle
    this.#what = what
    this.#canSync = canSync
    this.#pieceBytes = sshPacketBytes - (9 + 4 + handle.length + 8 + 4)
  }

  stat(signal: AbortSignal): Promise<RemoteStat> {
    return statHandle(this.#conversation, this.#handle, this.#what, signal)
  }

  async write(source: AsyncIterable<Uint8Array>, signal: AbortSignal): Promise<number> {
    const underWay = new UnderWay(mostUnderWay, signal)
    let offset = 0
    try {
      for await (const chunk of source) {
        for (let at = 0; at < chunk.length; at += this.#pieceBytes) {
          if (signal.aborted || underWay.isFull) await underWay.room()
          const piece = chunk.subarray(at, at + this.#pieceBytes)
          underWay.add(this.#send(piece, offset))
          offset += piece.length
        }
      }
      await underWay.none()
      return offset
    } finally {
      underWay.end()
      this.#buffers.length = 0
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
    const buffer = this.#buffers.pop() ?? Buffer.allocUnsafeSlow(sshPacketBytes)
    let at = buffer.writeUInt32BE(handle.length, 9)
    at += handle.copy(buffer, at)
    at = buffer.writeBigUInt64BE(BigInt(offset), at)
    at = buffer.writeUInt32BE(piece.length, at)
    buffer.set(piece, at)
    const whole = buffer.subarray(0, at + piece.length)
    const answer = await this.#conversation.sendFilled(packet.write, whole, () => this.#buffers.push(buffer))
    this.#conversation.parse(() => requireOk(answer, this.#what))
  }
}
