import { createHash } from 'node:crypto'
import type { Journal } from '@sshmcp/audit'
import { type Clock, type IdSource, isSshMcpError, type UserId } from '@sshmcp/kernel'
import { requireSize } from '@sshmcp/policy'
import { type LocalFiles, type LocalSource, localFileErrors } from '@sshmcp/transport'

export interface ServedFilesDeps {
  readonly localFiles: (owner: UserId) => LocalFiles
  readonly journal: Pick<Journal, 'append'>
  readonly clock: Clock
  readonly ids: IdSource
  /** Of one file that is stored; the policy's, as it is now. */
  readonly maxUploadBytes: () => number
  /** Where a handle is fetched; undefined where nothing serves files. */
  readonly urlOf: ((handle: string) => string) | undefined
}

/** A file as it was stored. */
interface StoredFile {
  /** As `transfer_file` takes it: relative to the owner's transfer folder. */
  readonly localPath: string
  readonly bytes: number
  readonly sha256: string
}

/** Files of transfer folders, for those to whom the folder is not a folder of their own machine. */
export interface ServedFiles {
  /** A URL under which the owner, and nobody else, fetches the file for an hour; undefined where nothing serves files. */
  offer(owner: UserId, localPath: string): string | undefined
  /**
   * The file behind a handle; close it. Undefined when it was never offered to this identity, its hour is over, or the file
   * is gone. The fetching stands in the journal before a byte leaves.
   *
   * @throws AUDIT_UNAVAILABLE, LOCAL_PATH_FORBIDDEN, LOCAL_FAILED
   */
  open(owner: UserId, handle: string): Promise<LocalSource | undefined>
  /**
   * Makes a new file in the owner's transfer folder: whole or not at all, and never without standing in the journal.
   *
   * @throws POLICY_FILE_TOO_LARGE, LOCAL_PATH_FORBIDDEN, LOCAL_NO_SPACE, LOCAL_FAILED, AUDIT_UNAVAILABLE, and what the content throws
   */
  store(owner: UserId, name: string, content: AsyncIterable<Uint8Array>): Promise<StoredFile>
}

interface Offer {
  readonly owner: UserId
  readonly localPath: string
  readonly endsAt: number
}

const offeredMs = 3_600_000
/** More than an hour of downloads; the oldest make room. */
const mostOffers = 10_000

export function createServedFiles(deps: ServedFilesDeps): ServedFiles {
  const { localFiles, journal, clock, ids, urlOf } = deps
  const offers = new Map<string, Offer>()
  const forgetOver = (): void => {
    // They were added in the order in which they end.
    for (const [handle, { endsAt }] of offers) {
      if (endsAt > clock.monotonic() && offers.size < mostOffers) return
      offers.delete(handle)
    }
  }
  return {
    offer(owner, localPath) {
      if (urlOf === undefined) return undefined
      forgetOver()
      const handle = ids.next('file')
      offers.set(handle, { owner, localPath, endsAt: clock.monotonic() + offeredMs })
      return urlOf(handle)
    },
    async open(owner, handle) {
      const offer = offers.get(handle)
      if (offer === undefined || offer.owner !== owner || offer.endsAt <= clock.monotonic()) return undefined
      const source = await openIfThere(localFiles(owner), offer.localPath)
      if (source === undefined) return undefined
      try {
        const detail = { command: 'GET /files', stored_at: source.path, bytes: source.size }
        await journal.append({ kind: 'read', status: 'ok', user_id: owner, detail })
        return source
      } catch (error) {
        await source.close()
        throw error
      }
    },
    store: (owner, name, content) => store(deps, owner, name, content),
  }
}

async function store(
  { localFiles, journal, ids, maxUploadBytes }: ServedFilesDeps,
  owner: UserId,
  name: string,
  content: AsyncIterable<Uint8Array>,
): Promise<StoredFile> {
  requireName(name)
  const limit = maxUploadBytes()
  // A name of its own: two files called app.tar.gz never meet.
  const localPath = `uploads/${ids.next('put')}-${name}`
  const target = await localFiles(owner).create(localPath, false)
  try {
    const hash = createHash('sha256')
    let bytes = 0
    for await (const chunk of content) {
      bytes += chunk.length
      requireSize(bytes, limit, 'max_upload_bytes')
      hash.update(chunk)
      await target.write([chunk])
    }
    const sha256 = hash.digest('hex')
    const detail = { command: 'PUT /files', stored_at: target.path, bytes, sha256 }
    await journal.append({ kind: 'change', status: 'ok', user_id: owner, detail })
    await target.finish()
    return { localPath, bytes, sha256 }
  } finally {
    await target.discard()
  }
}

function requireName(name: string): void {
  const isName = name !== '' && Buffer.byteLength(name) <= 200
  if (isName && !/[/\\\p{Cc}\p{Cf}]/u.test(name)) return
  throw localFileErrors.error('LOCAL_PATH_FORBIDDEN', {
    message: 'The name of the file has to be one plain name of at most 200 bytes.',
    field: 'name',
  })
}

async function openIfThere(files: LocalFiles, path: string): Promise<LocalSource | undefined> {
  try {
    return await files.openRead(path)
  } catch (error) {
    if (isSshMcpError(error) && error.code === 'LOCAL_NOT_FOUND') return undefined
    throw error
  }
}
