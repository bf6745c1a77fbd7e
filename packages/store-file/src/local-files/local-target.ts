import { constants } from 'node:fs'
import { copyFile, type FileHandle, link, lstat, open, rename, unlink } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { type LocalTarget, localFileErrors } from '@sshmcp/transport'
import { syncFolder } from '../durable-file.ts'
import { errnoOf } from '../errno.ts'
import { FlushAhead } from './flush-ahead.ts'
import { shownBelow } from './local-path.ts'
import { createPlain, localFailure, mayBeReplaced } from './walled-folder.ts'

/** Read and written in portions of this size. */
export const portionBytes = 262_144

interface TargetParts {
  readonly folder: string
  readonly path: string
  readonly replace: boolean
  /** Part of the temporary name. */
  readonly id: string
}

/** A file under a name that begins with a dot, until it is complete. */
export class WalledTarget implements LocalTarget {
  readonly path: string
  readonly #parts: TargetParts
  readonly #handle: FileHandle
  readonly #temporary: string
  readonly #flush: FlushAhead
  #isOver = false

  private constructor(parts: TargetParts, temporary: string, handle: FileHandle) {
    this.path = parts.path
    this.#parts = parts
    this.#temporary = temporary
    this.#handle = handle
    this.#flush = new FlushAhead(handle)
  }

  /** @throws LOCAL_EXISTS, LOCAL_PATH_FORBIDDEN, LOCAL_NO_SPACE, LOCAL_FAILED */
  static async begin(parts: TargetParts): Promise<WalledTarget> {
    const isThere = await mayBeReplaced(parts.path)
    if (isThere && !parts.replace) throw taken(parts)
    const temporary = join(dirname(parts.path), `.${parts.id}.part`)
    return new WalledTarget(parts, temporary, await createPlain(temporary))
  }

  async write(chunks: readonly Uint8Array[]): Promise<void> {
    await this.#guard(async () => {
      const wanted = chunks.reduce((sum, chunk) => sum + chunk.length, 0)
      const { bytesWritten } = await this.#handle.writev(chunks)
      // A full disk shows as a short write first and as an error at the next one.
      if (bytesWritten < wanted) await this.#rest(chunks, bytesWritten)
      this.#flush.wrote(wanted)
    })
  }

  async *readBack(signal: AbortSignal): AsyncGenerator<Uint8Array> {
    await this.#guard(() => this.#flush.all())
    const buffer = Buffer.allocUnsafe(portionBytes)
    for (let at = 0; !signal.aborted; ) {
      const { bytesRead } = await this.#guard(() => this.#handle.read(buffer, 0, portionBytes, at))
      if (bytesRead === 0) return
      at += bytesRead
      yield buffer.subarray(0, bytesRead)
    }
  }

  async finish(): Promise<void> {
    await this.#guard(async () => {
      await this.#flush.all()
      const isThere = await mayBeReplaced(this.path)
      if (this.#parts.replace) await rename(this.#temporary, this.path)
      else if (isThere) throw taken(this.#parts)
      else await this.#nameNew()
      this.#isOver = true
      syncFolder(dirname(this.path))
    })
    await this.#handle.close()
  }

  async discard(): Promise<void> {
    if (this.#isOver) return
    this.#isOver = true
    await this.#handle.close().catch(() => {})
    await unlink(this.#temporary).catch((error: unknown) => {
      if (errnoOf(error) !== 'ENOENT') throw localFailure(error, `Removing ${basename(this.#temporary)}`)
    })
  }

  /** The system refuses a second name where one exists; a file system without second names gets an exclusive copy. */
  async #nameNew(): Promise<void> {
    try {
      await link(this.#temporary, this.path)
    } catch (error) {
      const errno = errnoOf(error)
      if (errno === 'EEXIST') throw taken(this.#parts)
      if (errno !== 'EPERM' && errno !== 'ENOTSUP' && errno !== 'ENOSYS' && errno !== 'EMLINK') throw error
      await this.#copyNew()
    }
    await unlink(this.#temporary)
  }

  async #copyNew(): Promise<void> {
    await copyFile(this.#temporary, this.path, constants.COPYFILE_EXCL).catch(async (error: unknown) => {
      if (errnoOf(error) === 'EEXIST') throw taken(this.#parts)
      if ((await lstat(this.path)).size === 0) await unlink(this.path)
      throw error
    })
    const copy = await open(this.path, 'r')
    await copy.sync().finally(() => copy.close())
  }

  async #rest(chunks: readonly Uint8Array[], written: number): Promise<void> {
    const rest = Buffer.concat(chunks).subarray(written)
    for (let at = 0; at < rest.length; ) at += (await this.#handle.write(rest, at)).bytesWritten
  }

  async #guard<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work()
    } catch (error) {
      throw localFailure(error, `Writing ${shownBelow(this.#parts.folder, this.path)}`)
    }
  }
}

function taken({ folder, path }: TargetParts) {
  return localFileErrors.error('LOCAL_EXISTS', {
    message: `${shownBelow(folder, path)} exists already in the transfer folder.`,
    field: 'local_path',
  })
}
