import {
  closeSync,
  constants,
  fchmodSync,
  fstatSync,
  lstatSync,
  mkdirSync,
  opendirSync,
  openSync,
  readdirSync,
  readSync,
  realpathSync,
  renameSync,
  type Stats,
  unlinkSync,
  writeSync,
} from 'node:fs'
import type { ServerChannel } from 'ssh2'
import { PacketCutter, PacketReader, PacketWriter, packet } from '../src/sftp/packets.ts'

/**
 * The least that an SFTP server of version 3 may be: no extension of OpenSSH, short reads, a rename that never replaces.
 * Serves the disk of this machine over the channel of an embedded host.
 */
export function serveSftpOnDisk(channel: ServerChannel): void {
  const server = new DiskSftp((bytes) => void channel.write(bytes))
  const cutter = new PacketCutter((type, payload) => server.take(type, payload))
  channel.on('data', (chunk: Buffer) => cutter.take(chunk))
  channel.on('error', () => {})
  channel.on('end', () => channel.end())
  channel.on('close', () => server.close())
}

type Open = { readonly fd: number } | { names: Buffer[] | undefined; readonly path: Buffer }

/** Less than anybody asks for: a short answer is not the end of a file. */
const mostRead = 20_000

class DiskSftp {
  readonly #send: (bytes: Buffer) => void
  readonly #open = new Map<number, Open>()
  #next = 1

  constructor(send: (bytes: Buffer) => void) {
    this.#send = send
  }

  close(): void {
    for (const open of this.#open.values()) if ('fd' in open) closeSync(open.fd)
    this.#open.clear()
  }

  take(type: number, payload: Buffer): undefined {
    if (type === packet.init) return this.#answer(packet.version, new PacketWriter().u32(3))
    const fields = new PacketReader(payload)
    const id = fields.u32()
    try {
      this.#handle(type, id, fields)
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : undefined
      this.#status(id, code === 'ENOENT' || code === 'ENOTDIR' ? 2 : code === 'EACCES' || code === 'EPERM' ? 3 : 4)
    }
  }

  #handle(type: number, id: number, fields: PacketReader): undefined {
    switch (type) {
      case packet.open:
        return this.#openFile(id, fields)
      case packet.opendir:
        return this.#handleFor(id, { names: undefined, path: Buffer.from(fields.bytes()) })
      case packet.close: {
        const handle = fields.bytes().readUInt32BE()
        const open = this.#open.get(handle)
        if (open !== undefined && 'fd' in open) closeSync(open.fd)
        this.#open.delete(handle)
        return this.#status(id, 0)
      }
      case packet.read:
        return this.#read(id, this.#fd(fields), fields.u64(), fields.u32())
      case packet.write: {
        const [fd, offset, bytes] = [this.#fd(fields), fields.u64(), fields.bytes()]
        writeSync(fd, bytes, 0, bytes.length, offset)
        return this.#status(id, 0)
      }
      case packet.fstat:
        return this.#answer(packet.attrs, attributes(new PacketWriter().u32(id), fstatSync(this.#fd(fields))))
      case packet.fsetstat:
        return this.#chmod(id, this.#fd(fields), fields)
      case packet.lstat:
        return this.#answer(packet.attrs, attributes(new PacketWriter().u32(id), lstatSync(fields.bytes())))
      case packet.readdir:
        return this.#readdir(id, fields)
      case packet.realpath:
        return this.#name(id, [real(fields.bytes())])
      case packet.remove:
        unlinkSync(fields.bytes())
        return this.#status(id, 0)
      case packet.mkdir: {
        const path = fields.bytes()
        mkdirSync(path, fields.u32() & 4 ? fields.u32() & 0o777 : 0o777)
        return this.#status(id, 0)
      }
      case packet.rename: {
        const [from, to] = [fields.bytes(), fields.bytes()]
        if (lstatSync(to, { throwIfNoEntry: false }) !== undefined) return this.#status(id, 4)
        renameSync(from, to)
        return this.#status(id, 0)
      }
      default:
        return this.#status(id, 8)
    }
  }

  #openFile(id: number, fields: PacketReader): undefined {
    const [path, flags] = [fields.bytes(), fields.u32()]
    const mode = fields.u32() & 4 ? fields.u32() & 0o777 : 0o600
    const isNew = (flags & 2) !== 0
    const how = isNew ? constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL : constants.O_RDONLY
    this.#handleFor(id, { fd: openSync(path, how, mode) })
  }

  #chmod(id: number, fd: number, fields: PacketReader): undefined {
    if (fields.u32() !== 4) return this.#status(id, 8)
    fchmodSync(fd, fields.u32())
    this.#status(id, 0)
  }

  #handleFor(id: number, open: Open): undefined {
    if (!('fd' in open)) opendirSync(open.path).closeSync()
    const handle = Buffer.alloc(4)
    handle.writeUInt32BE(this.#next)
    this.#open.set(this.#next++, open)
    this.#answer(packet.handle, new PacketWriter().u32(id).bytes(handle))
  }

  #fd(fields: PacketReader): number {
    const open = this.#open.get(fields.bytes().readUInt32BE())
    if (open === undefined || !('fd' in open)) throw new Error('no such file handle')
    return open.fd
  }

  #read(id: number, fd: number, offset: number, length: number): undefined {
    const buffer = Buffer.alloc(Math.min(length, mostRead))
    const got = readSync(fd, buffer, 0, buffer.length, offset)
    if (got === 0) return this.#status(id, 1)
    this.#answer(packet.data, new PacketWriter().u32(id).bytes(buffer.subarray(0, got)))
  }

  #readdir(id: number, fields: PacketReader): undefined {
    const open = this.#open.get(fields.bytes().readUInt32BE())
    if (open === undefined || 'fd' in open) return this.#status(id, 4)
    open.names ??= namesOf(open.path)
    const page = open.names.splice(0, 50)
    if (page.length === 0) return this.#status(id, 1)
    this.#name(
      id,
      page,
      page.map((name) => lstatSync(Buffer.concat([open.path, Buffer.from('/'), name]), { throwIfNoEntry: false })),
    )
  }

  #name(id: number, names: readonly Buffer[], stats: readonly (Stats | undefined)[] = []): undefined {
    const fields = new PacketWriter().u32(id).u32(names.length)
    for (const [index, name] of names.entries()) {
      fields.bytes(name).text('')
      const stat = stats[index]
      if (stat === undefined) fields.u32(0)
      else attributes(fields, stat)
    }
    this.#answer(packet.name, fields)
  }

  #status(id: number, status: number): undefined {
    this.#answer(packet.status, new PacketWriter().u32(id).u32(status).text('').text(''))
  }

  #answer(type: number, fields: PacketWriter): undefined {
    const body = fields.done()
    const head = Buffer.alloc(5)
    head.writeUInt32BE(body.length + 1)
    head[4] = type
    this.#send(Buffer.concat([head, body]))
  }
}

function attributes(fields: PacketWriter, stat: Stats): PacketWriter {
  const all = 1 | 2 | 4 | 8
  fields.u32(all).u64(stat.size).u32(stat.uid).u32(stat.gid).u32(stat.mode)
  return fields.u32(Math.floor(stat.atimeMs / 1000)).u32(Math.floor(stat.mtimeMs / 1000))
}

function namesOf(path: Buffer): Buffer[] {
  return readdirSync(path, 'buffer')
}

/** The last part need not exist. */
function real(path: Buffer): Buffer {
  try {
    return realpathSync.native(path, 'buffer')
  } catch (error) {
    if (lstatSync(path, { throwIfNoEntry: false }) !== undefined) throw error
    const cut = path.lastIndexOf('/')
    const folder = realpathSync.native(path.subarray(0, Math.max(1, cut)), 'buffer')
    const name = path.subarray(cut + 1)
    return folder.length === 1 ? Buffer.concat([folder, name]) : Buffer.concat([folder, Buffer.from('/'), name])
  }
}
