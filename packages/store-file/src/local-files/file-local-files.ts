import { realpathSync } from 'node:fs'
import type { FileHandle } from 'node:fs/promises'
import type { IdSource, UserId } from '@sshmcp/kernel'
import { type LocalFiles, type LocalSource, localFileErrors } from '@sshmcp/transport'
import { safeFolder } from '../safe-path.ts'
import { namesBelow, placeOf, shownBelow } from './local-path.ts'
import { portionBytes, WalledTarget } from './local-target.ts'
import { localFailure, openPlain, walk } from './walled-folder.ts'

/** What the transfer folder is made of. */
export interface FileLocalFilesDeps {
  /** `SSH_MCP_TRANSFER_DIR`, absolute; made when it is first used. */
  readonly transferDir: string
  readonly ids: IdSource
}

/**
 * The transfer folder on the disk. Each identity has its own folder in it; in local mode (`undefined`) the folder itself is
 * the caller's.
 */
export function createFileLocalFiles(deps: FileLocalFilesDeps, owner: UserId | undefined): LocalFiles {
  const folder = (): string => {
    safeFolder(deps.transferDir)
    const root = realpathSync(deps.transferDir)
    if (owner === undefined) return root
    const own = placeOf(root, [owner])
    safeFolder(own)
    return own
  }
  const guarded = async <T>(what: string, work: () => Promise<T>): Promise<T> => {
    try {
      return await work()
    } catch (error) {
      throw localFailure(error, what)
    }
  }
  return {
    openRead: (path) =>
      guarded('Opening the local file', async () => {
        const root = folder()
        const names = withinRoot(root, deps.transferDir, owner, path)
        const place = placeOf(root, names)
        const parent = await walk(root, names, false)
        const handle = parent === undefined ? undefined : await openPlain(place)
        if (handle === undefined) throw missing(root, place)
        return sourceOf(place, handle)
      }),
    create: (path, replace) =>
      guarded('Making the local file', async () => {
        const root = folder()
        const names = withinRoot(root, deps.transferDir, owner, path)
        await walk(root, names, true)
        return WalledTarget.begin({ folder: root, path: placeOf(root, names), replace, id: deps.ids.next('sshmcp') })
      }),
  }
}

/** An absolute path may be spelt by the folder as it is configured, or as it really is. */
function withinRoot(root: string, configured: string, owner: UserId | undefined, path: string): readonly string[] {
  const spelt = owner === undefined ? configured : placeOf(configured, [owner])
  return namesBelow(path.startsWith(spelt) ? spelt : root, path)
}

async function sourceOf(path: string, handle: FileHandle): Promise<LocalSource> {
  const { size, mode } = await handle.stat()
  return {
    path,
    size,
    mode: mode & 0o777,
    async *read(signal) {
      const buffer = Buffer.allocUnsafe(portionBytes)
      for (let at = 0; !signal.aborted; ) {
        const { bytesRead } = await handle.read(buffer, 0, portionBytes, at)
        if (bytesRead === 0) return
        at += bytesRead
        yield buffer.subarray(0, bytesRead)
      }
    },
    close: () => handle.close(),
  }
}

function missing(root: string, place: string) {
  return localFileErrors.error('LOCAL_NOT_FOUND', {
    message: `The transfer folder has no file ${shownBelow(root, place)}.`,
    field: 'local_path',
  })
}
