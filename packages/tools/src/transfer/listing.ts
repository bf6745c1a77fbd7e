import { kernelErrors, printable, rfc3339 } from '@sshmcp/kernel'
import type { FileRules } from '@sshmcp/policy'
import type { RemoteEntry } from '@sshmcp/transport'
import { transferErrors } from '../errors.ts'
import { mustStillBe, type RemoteSide, resolveWhole, shown } from './remote-wall.ts'

export interface Page {
  /** As the host resolved it. */
  readonly path: string
  /** Sorted by the bytes of their names. */
  readonly entries: readonly RemoteEntry[]
  /** "" at the end. */
  readonly nextCursor: string
}

/**
 * One page of a folder. A folder has no order of its own, so all of it is read each time, and only the page is kept: memory
 * is bound by the page, whatever the folder. A cursor is a place in the order of names; it stays right when names come and go.
 *
 * @throws POLICY_PATH_FORBIDDEN, TRANSFER_NOT_A_FOLDER, INPUT_INVALID for a cursor that is none, SFTP_…
 */
export async function listPage(
  side: RemoteSide,
  rules: FileRules,
  { remotePath, cursor, limit }: { readonly remotePath: string; readonly cursor: string; readonly limit: number },
): Promise<Page> {
  const after = cursor === '' ? undefined : placeOf(cursor)
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
  const nextCursor = kept.length > limit && last !== undefined ? last.place.toString('base64url') : ''
  return { path, entries: page.map(({ entry }) => entry), nextCursor }
}

interface Placed {
  readonly entry: RemoteEntry
  readonly place: Buffer
}

/** One entry as replies show it: the name exact; what would mislead on a screen, and what is no UTF-8, in fields of their own. */
export function entryResult({ name, type, size, mode, modifiedSeconds }: RemoteEntry) {
  const wellFormed = name.replace(/\p{Cs}/gu, '\ufffd')
  const display = printable(wellFormed)
  return {
    name: wellFormed,
    type,
    size,
    mode: mode.toString(8).padStart(4, '0'),
    modified: rfc3339(modifiedSeconds * 1000),
    ...(display === wellFormed ? {} : { display_name: display }),
    ...(wellFormed === name ? {} : { name_base64: bytesOf(name).toString('base64') }),
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

function placeOf(cursor: string): Buffer {
  const place = Buffer.from(cursor, 'base64url')
  if (place.length === 0 || place.toString('base64url') !== cursor) {
    throw kernelErrors.error('INPUT_INVALID', {
      message: 'cursor: is none that this tool gave out.',
      field: 'cursor',
    })
  }
  return place
}
