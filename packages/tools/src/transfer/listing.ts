import { kernelErrors, printable, rfc3339 } from '@sshmcp/kernel'
import type { FileRules } from '@sshmcp/policy'
import type { RemoteEntry } from '@sshmcp/transport'
import { transferErrors } from '../errors.ts'
import type { HiddenNames } from '../services.ts'
import { mustStillBe, type RemoteSide, resolveWhole, shown } from './remote-wall.ts'

export interface Page {
  /** As the host resolved it. */
  readonly path: string
  /** Sorted by the bytes of their names. */
  readonly entries: readonly RemoteEntry[]
  /** The place after which the next page begins; undefined at the end. */
  readonly next: Buffer | undefined
}

/**
 * One page of a folder. A folder has no order of its own, so all of it is read each time, and only the page is kept: memory
 * is bound by the page, whatever the folder. A cursor is a place in the order of names; it stays right when names come and go.
 *
 * @throws POLICY_PATH_FORBIDDEN, TRANSFER_NOT_A_FOLDER, SFTP_…
 */
export async function listPage(
  side: RemoteSide,
  rules: FileRules,
  {
    remotePath,
    after,
    limit,
  }: { readonly remotePath: string; readonly after: Uint8Array | undefined; readonly limit: number },
): Promise<Page> {
  const asked = remotePath.length > 1 && remotePath.endsWith('/') ? remotePath.slice(0, -1) : remotePath
  const path = await resolveWhole(side, rules, asked, 'list')
  const { type } = await side.channel.lstat(path, side.signal)
  if (type !== 'directory') {
    throw transferErrors.error('TRANSFER_NOT_A_FOLDER', {
      message: `${shown(path)} is no folder.`,
      field: 'remote_path',
    })
  }
  let kept: readonly Placed[] = []
  for await (const entries of side.channel.list(path, side.signal)) {
    const placed = entries.map((entry) => ({ entry, place: bytesOf(entry.name) }))
    const wanted = placed.filter(({ place }) => after === undefined || Buffer.compare(place, after) > 0)
    kept = [...kept, ...wanted].sort((a, b) => Buffer.compare(a.place, b.place)).slice(0, limit + 1)
  }
  await mustStillBe(side, path)
  const page = kept.slice(0, limit)
  const last = page.at(-1)
  const next = kept.length > limit ? last?.place : undefined
  return { path, entries: page.map(({ entry }) => entry), next }
}

interface Placed {
  readonly entry: RemoteEntry
  readonly place: Buffer
}

/**
 * One entry as replies show it: the name exact; what would mislead on a screen, and what is no UTF-8, in fields of their own.
 * Nobody redacts base64, so that a name with a secret in it has no second form.
 */
export function entryResult(
  { name, type, size, mode, modifiedSeconds }: RemoteEntry,
  { holdsSecret }: Pick<HiddenNames, 'holdsSecret'>,
) {
  const wellFormed = name.replace(/\p{Cs}/gu, '\ufffd')
  const display = printable(wellFormed)
  const isAll = wellFormed === name || holdsSecret(wellFormed)
  return {
    name: wellFormed,
    type,
    size,
    mode: mode.toString(8).padStart(4, '0'),
    modified: rfc3339(modifiedSeconds * 1000),
    ...(display === wellFormed ? {} : { display_name: display }),
    ...(isAll ? {} : { name_base64: bytesOf(name).toString('base64') }),
  }
}

/** The bytes on the host: lone surrogates U+DC80 to U+DCFF stand for bytes that are no UTF-8 (see `SftpChannel`). */
function bytesOf(name: string): Buffer {
  if (!/\p{Cs}/u.test(name)) return Buffer.from(name)
  return Buffer.concat(
    Array.from(name, (character) => {
      const code = character.codePointAt(0) ?? 0
      return code >= 0xdc80 && code <= 0xdcff ? Buffer.of(code - 0xdc00) : Buffer.from(character)
    }),
  )
}

/** The place that a cursor stands for. @throws INPUT_INVALID */
export function placeOf(cursor: string, { open }: Pick<HiddenNames, 'open'>): Uint8Array {
  const place = open(cursor)
  if (place !== undefined) return place
  throw kernelErrors.error('INPUT_INVALID', {
    message: 'cursor: is none that this server gave out since its start.',
    field: 'cursor',
    next: 'Begin again with the cursor "".',
  })
}
