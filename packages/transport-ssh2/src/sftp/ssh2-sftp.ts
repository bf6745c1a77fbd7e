import { isSshMcpError, printable, type SshMcpError } from '@sshmcp/kernel'
import {
  type HostReading,
  nameBytes,
  nameText,
  type Placing,
  type PlacingWish,
  type RemoteEntry,
  type RemoteReader,
  type RemoteStat,
  type RemoteWriter,
  type SftpChannel,
  sftpErrors,
} from '@sshmcp/transport'
import { readAttributes, readEntries, requireOk, requireType, statusEnd, statusError, statusOf } from './answers.ts'
import { abortable, type Conversation } from './conversation.ts'
import { HostWork, type RunOnHost } from './host-work.ts'
import { PacketWriter, packet } from './packets.ts'
import { closeHandle, Ssh2RemoteReader } from './remote-reader.ts'
import { Ssh2RemoteWriter } from './remote-writer.ts'

const flags = { read: 1, writeNew: 2 | 8 | 0x20 } as const

/** Files of a host by SFTP version 3 over a channel of ssh2, whose own client knows names as UTF-8 only. */
export class Ssh2Sftp implements SftpChannel {
  readonly #conversation: Conversation
  readonly #extensions: ReadonlyMap<string, string>
  readonly #host: HostWork

  constructor(conversation: Conversation, extensions: ReadonlyMap<string, string>, run: RunOnHost) {
    this.#conversation = conversation
    this.#extensions = extensions
    this.#host = new HostWork(run)
  }

  async realpath(path: string, signal: AbortSignal): Promise<string> {
    const answer = await this.#conversation.ask(packet.realpath, pathField(path).done(), signal)
    return this.#conversation.parse(() => {
      const fields = requireType(answer, packet.name, shown(path))
      fields.u32()
      return nameText(fields.bytes())
    })
  }

  async lstat(path: string, signal: AbortSignal): Promise<RemoteStat> {
    const answer = await this.#conversation.ask(packet.lstat, pathField(path).done(), signal)
    return this.#conversation.parse(() => readAttributes(requireType(answer, packet.attrs, shown(path))))
  }

  async *list(path: string, signal: AbortSignal): AsyncGenerator<readonly RemoteEntry[]> {
    const handle = await this.#handle(packet.opendir, pathField(path), path, signal)
    try {
      for (;;) {
        const answer = await this.#conversation.ask(packet.readdir, new PacketWriter().bytes(handle).done(), signal)
        const entries = this.#conversation.parse(() => {
          if (answer.type === packet.name) return readEntries(answer)
          const status = statusOf(answer)
          if (status === statusEnd) return undefined
          throw statusError(status ?? 4, shown(path))
        })
        if (entries === undefined) return
        if (entries.length > 0) yield entries
      }
    } finally {
      await closeHandle(this.#conversation, handle)
    }
  }

  async openRead(path: string, signal: AbortSignal): Promise<RemoteReader> {
    const fields = pathField(path).u32(flags.read).u32(0)
    return new Ssh2RemoteReader(this.#conversation, await this.#handle(packet.open, fields, path, signal), shown(path))
  }

  async create(path: string, mode: number, signal: AbortSignal): Promise<RemoteWriter> {
    const fields = withMode(pathField(path).u32(flags.writeNew), mode)
    const handle = await this.#orExists(path, signal, () => this.#handle(packet.open, fields, path, signal))
    return new Ssh2RemoteWriter(this.#conversation, handle, shown(path), this.#offers('fsync@openssh.com'))
  }

  async createFolder(path: string, mode: number, signal: AbortSignal): Promise<void> {
    const fields = withMode(pathField(path), mode).done()
    await this.#orExists(path, signal, async () => {
      const answer = await this.#conversation.ask(packet.mkdir, fields, signal)
      this.#conversation.parse(() => requireOk(answer, shown(path)))
    })
  }

  async rename(from: string, to: string, replace: boolean, signal: AbortSignal): Promise<void> {
    if (replace) return this.#replace(from, to, signal)
    if (!this.#offers('hardlink@openssh.com')) return this.#renameNew(from, to, signal)
    // A second name is refused by the host's own kernel where the name is taken, whoever took it a moment ago.
    try {
      await this.#twoPaths(packet.extended, 'hardlink@openssh.com', from, to, signal)
    } catch (error) {
      if (!hasCode(error, 'SFTP_FAILED')) throw error
      return this.#renameNew(from, to, signal)
    }
    await this.remove(from, signal)
  }

  async remove(path: string, signal: AbortSignal): Promise<void> {
    const answer = await this.#conversation.ask(packet.remove, pathField(path).done(), signal)
    this.#conversation.parse(() => requireOk(answer, shown(path)))
  }

  async readOnHost(path: string, length: number, signal: AbortSignal): Promise<HostReading | 'elsewhere' | undefined> {
    return this.#host.read(bytesOf(path), length, signal)
  }

  async placeOnHost(from: string, to: string, wish: PlacingWish, signal: AbortSignal): Promise<Placing | undefined> {
    return this.#host.place(bytesOf(from), bytesOf(to), wish, signal)
  }

  async removeOnHost(path: string, signal: AbortSignal): Promise<'removed' | 'elsewhere' | undefined> {
    return this.#host.remove(bytesOf(path), signal)
  }

  close(): Promise<void> {
    return this.#conversation.close()
  }

  #offers(extension: string): boolean {
    return this.#extensions.has(extension)
  }

  async #replace(from: string, to: string, signal: AbortSignal): Promise<void> {
    if (this.#offers('posix-rename@openssh.com')) {
      return this.#twoPaths(packet.extended, 'posix-rename@openssh.com', from, to, signal)
    }
    try {
      await this.#renameNew(from, to, signal)
    } catch (error) {
      if (!hasCode(error, 'SFTP_EXISTS')) throw error
      throw sftpErrors.error('SFTP_NOT_ATOMIC', {
        message: `${shown(to)} exists and the host cannot replace a file in one step.`,
      })
    }
  }

  /** §6.5 of the draft: an error where something has the new name. */
  #renameNew(from: string, to: string, signal: AbortSignal): Promise<void> {
    return this.#orExists(to, signal, () => this.#twoPaths(packet.rename, undefined, from, to, signal))
  }

  async #twoPaths(
    type: number,
    extension: string | undefined,
    from: string,
    to: string,
    signal: AbortSignal,
  ): Promise<void> {
    const fields = new PacketWriter()
    if (extension !== undefined) fields.text(extension)
    const answer = await this.#conversation.ask(type, fields.bytes(bytesOf(from)).bytes(bytesOf(to)).done(), signal)
    this.#conversation.parse(() => requireOk(answer, shown(to)))
  }

  async #handle(type: number, fields: PacketWriter, path: string, signal: AbortSignal): Promise<Buffer> {
    const sent = this.#conversation.send(type, fields.done())
    const take = (answer: Awaited<typeof sent>): Buffer =>
      this.#conversation.parse(() => Buffer.from(requireType(answer, packet.handle, shown(path)).bytes()))
    // A handle that comes after the cancel is closed: hosts allow only so many.
    const late = (): void => void sent.then((answer) => closeHandle(this.#conversation, take(answer))).catch(() => {})
    signal.addEventListener('abort', late, { once: true })
    try {
      if (signal.aborted) late()
      const answer = await abortable(sent, signal)
      return take(answer)
    } finally {
      signal.removeEventListener('abort', late)
    }
  }

  /** Version 3 has no word for "exists": a failure with something under the name is told as that. */
  async #orExists<T>(path: string, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    try {
      return await work()
    } catch (error) {
      if (!hasCode(error, 'SFTP_FAILED')) throw error
      const isThere = await this.lstat(path, signal).then(
        () => true,
        () => false,
      )
      if (!isThere) throw error
      throw sftpErrors.error('SFTP_EXISTS', { message: `${shown(path)} exists already.` })
    }
  }
}

function pathField(path: string): PacketWriter {
  return new PacketWriter().bytes(bytesOf(path))
}

/** Attributes of which only the permissions are said. */
function withMode(fields: PacketWriter, mode: number): PacketWriter {
  return fields.u32(4).u32(mode & 0o777)
}

function bytesOf(path: string): Uint8Array {
  const bytes = nameBytes(path)
  if (bytes === undefined) throw noName(path)
  return bytes
}

function noName(path: string): SshMcpError {
  return sftpErrors.error('SFTP_NOT_FOUND', { message: `${shown(path)} can be the name of nothing on a host.` })
}

function shown(path: string): string {
  return JSON.stringify(printable(path.slice(0, 256)))
}

function hasCode(error: unknown, code: string): boolean {
  return isSshMcpError(error) && error.code === code
}
