import { sftpErrors } from '../errors.ts'
import type {
  HostReading,
  Placing,
  PlacingWish,
  RemoteEntry,
  RemoteReader,
  RemoteStat,
  RemoteWriter,
  SftpChannel,
} from '../sftp-channel.ts'
import { MemoryTree, type TreeFile } from './memory-tree.ts'

/** How the host of a {@link MemorySftp} behaves. */
export interface MemorySftpOptions {
  /** False: the host runs no programs for us. */
  readonly reads?: boolean
  /** False: the host cannot replace in one step. */
  readonly replaces?: boolean
  /** Called before each request, with its name and path: for swapping things at the worst moment, or failing. */
  readonly before?: (request: string, path: string) => void
}

/** A channel for files over a tree in memory. Keeps the promises of {@link SftpChannel}; knows no permissions. */
export class MemorySftp implements SftpChannel {
  readonly tree: MemoryTree
  readonly options: MemorySftpOptions
  #isOpen = true

  constructor(tree: MemoryTree = new MemoryTree(), options: MemorySftpOptions = {}) {
    this.tree = tree
    this.options = options
  }

  async realpath(path: string, signal: AbortSignal): Promise<string> {
    this.#begin('realpath', path, signal)
    return this.tree.realpath(path) ?? missing(path)
  }

  async lstat(path: string, signal: AbortSignal): Promise<RemoteStat> {
    this.#begin('lstat', path, signal)
    return this.tree.lstat(path) ?? missing(path)
  }

  async *list(path: string, signal: AbortSignal): AsyncGenerator<readonly RemoteEntry[]> {
    this.#begin('list', path, signal)
    const names = this.tree.names(path) ?? missing(path)
    for (let at = 0; at < names.length; at += 100) {
      if (signal.aborted) throw cancelled()
      yield names.slice(at, at + 100).flatMap((name) => {
        const stat = this.tree.lstat(`${path === '/' ? '' : path}/${name}`)
        return stat === undefined ? [] : [{ name, links: 1, ...stat }]
      })
    }
  }

  async openRead(path: string, signal: AbortSignal): Promise<RemoteReader> {
    this.#begin('openRead', path, signal)
    const file = this.tree.file(path) ?? missing(path)
    return {
      stat: async (within) => {
        this.#begin('fstat', path, within)
        return this.tree.statOf(file)
      },
      read: (within) => this.#read(file, path, within),
      close: async () => {},
    }
  }

  async create(path: string, mode: number, signal: AbortSignal): Promise<RemoteWriter> {
    this.#begin('create', path, signal)
    if (this.tree.lstat(path) !== undefined) throw exists(path)
    const file = this.tree.add(path, new Uint8Array(), mode & 0o777) ?? missing(path)
    return {
      stat: async (within) => {
        this.#begin('fstat', path, within)
        return this.tree.statOf(file)
      },
      write: async (source, within) => {
        for await (const chunk of source) {
          this.#begin('write', path, within)
          file.content = Buffer.concat([file.content, chunk])
        }
        return file.content.length
      },
      chmod: async (wanted) => {
        file.mode = wanted & 0o777
      },
      chown: async (uid) => {
        file.uid = uid
      },
      sync: async () => true,
      close: async () => {},
    }
  }

  async createFolder(path: string, mode: number, signal: AbortSignal): Promise<void> {
    this.#begin('createFolder', path, signal)
    if (this.tree.lstat(path) !== undefined) throw exists(path)
    if (!this.tree.addFolder(path, mode & 0o777)) missing(path)
  }

  async rename(from: string, to: string, replace: boolean, signal: AbortSignal): Promise<void> {
    this.#begin('rename', to, signal)
    const isTaken = this.tree.lstat(to) !== undefined
    if (isTaken && !replace) throw exists(to)
    if (isTaken && this.options.replaces === false) {
      throw sftpErrors.error('SFTP_NOT_ATOMIC', { message: `${to} exists and the host cannot replace in one step.` })
    }
    if (!this.tree.move(from, to)) missing(from)
  }

  async remove(path: string, signal: AbortSignal): Promise<void> {
    this.#begin('remove', path, signal)
    if (this.tree.lstat(path)?.type === 'directory')
      throw sftpErrors.error('SFTP_FAILED', { message: `${path} is a folder.` })
    if (!this.tree.remove(path)) missing(path)
  }

  async readOnHost(path: string, length: number, signal: AbortSignal): Promise<HostReading | 'elsewhere' | undefined> {
    this.#begin('readOnHost', path, signal)
    if (this.options.reads === false) return undefined
    const file = this.#inFolder(path)
    return file === undefined ? 'elsewhere' : readingOf(file, length)
  }

  async placeOnHost(from: string, to: string, wish: PlacingWish, signal: AbortSignal): Promise<Placing | undefined> {
    this.#begin('placeOnHost', to, signal)
    if (this.options.reads === false) return undefined
    const file = this.#inFolder(from)
    if (file === undefined) return 'elsewhere'
    const { sha256, links } = await readingOf(file, wish.length)
    const isWhole = file.content.length === wish.length && sha256 === wish.sha256
    if (!isWhole || links !== 1) return 'different'
    const there = this.tree.lstat(to)?.type
    if (there !== undefined && !(wish.replace && there === 'file')) return 'exists'
    this.tree.move(from, to)
    return 'placed'
  }

  async removeOnHost(path: string, signal: AbortSignal): Promise<'removed' | 'elsewhere' | undefined> {
    this.#begin('removeOnHost', path, signal)
    if (this.options.reads === false) return undefined
    const type = this.#isInFolder(path) ? this.tree.lstat(path)?.type : undefined
    if (type !== 'file' && type !== 'symlink') return 'elsewhere'
    this.tree.remove(path)
    return 'removed'
  }

  async close(): Promise<void> {
    this.#isOpen = false
  }

  #isInFolder(path: string): boolean {
    const folder = path.slice(0, path.lastIndexOf('/')) || '/'
    return this.tree.realpath(folder) === folder
  }

  #inFolder(path: string): TreeFile | undefined {
    const isPlain = this.#isInFolder(path) && this.tree.lstat(path)?.type === 'file'
    return isPlain ? this.tree.file(path) : undefined
  }

  async *#read(file: TreeFile, path: string, signal: AbortSignal): AsyncGenerator<readonly Uint8Array[]> {
    for (let at = 0; at < file.content.length; at += 32_768) {
      this.#begin('read', path, signal)
      const lent = Uint8Array.from(file.content.subarray(at, at + 32_768))
      yield [lent]
      lent.fill(0xee)
    }
  }

  #begin(request: string, path: string, signal: AbortSignal): void {
    if (signal.aborted) throw cancelled()
    this.options.before?.(request, path)
    if (signal.aborted) throw cancelled()
    if (!this.#isOpen) throw sftpErrors.error('SFTP_CONNECTION_LOST', { message: 'The channel is closed.' })
  }
}

async function readingOf(file: TreeFile, length: number): Promise<HostReading> {
  const digest = await crypto.subtle.digest('SHA-256', Uint8Array.from(file.content.subarray(0, length)))
  return { sha256: Buffer.from(digest).toString('hex'), links: file.links }
}

function missing(path: string): never {
  throw sftpErrors.error('SFTP_NOT_FOUND', { message: `The host has no ${path}.` })
}

function exists(path: string): Error {
  return sftpErrors.error('SFTP_EXISTS', { message: `${path} exists already.` })
}

function cancelled(): Error {
  return sftpErrors.error('SFTP_CANCELLED', { message: 'The call was cancelled.' })
}
