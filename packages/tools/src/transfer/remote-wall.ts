import { isSshMcpError, printable } from '@sshmcp/kernel'
import { type FileRules, foldersOf, policyErrors, requirePath, resolvedRules } from '@sshmcp/policy'
import type { RemoteStat, SftpChannel } from '@sshmcp/transport'

/** The channel of one call, with the signal that ends it. */
export interface RemoteSide {
  readonly channel: SftpChannel
  readonly signal: AbortSignal
}

/** The rules as they stand on this host: the folder of each pattern with its links followed. */
async function rulesOnHost({ channel, signal }: RemoteSide, rules: FileRules): Promise<FileRules> {
  const resolved = await Promise.all(
    foldersOf(rules).map(async (folder) => {
      const real = await unlessMissing(channel.realpath(folder, signal))
      return real === undefined ? [] : [[folder, real] as const]
    }),
  )
  return resolvedRules(rules, new Map(resolved.flat()))
}

/**
 * A file or folder to look into, with every link followed: what is looked into is what was allowed.
 *
 * @throws POLICY_PATH_FORBIDDEN, POLICY_EXTENSION_BLOCKED, SFTP_…
 */
export async function resolveWhole(
  side: RemoteSide,
  rules: FileRules,
  path: string,
  use: 'list' | 'file',
): Promise<string> {
  const here = await rulesOnHost(side, rules)
  const real = await side.channel.realpath(path, side.signal)
  requirePath(real, here, use)
  return real
}

/** A name to write or delete: the folder with every link followed, the last part as it is. */
export interface ResolvedName {
  readonly folder: string
  readonly path: string
}

/** @throws POLICY_PATH_FORBIDDEN, POLICY_EXTENSION_BLOCKED, SFTP_… */
export async function resolveName(side: RemoteSide, rules: FileRules, path: string): Promise<ResolvedName> {
  const here = await rulesOnHost(side, rules)
  const cut = path.lastIndexOf('/')
  const folder = await side.channel.realpath(path.slice(0, cut) || '/', side.signal)
  const name = { folder, path: join(folder, path.slice(cut + 1)) }
  requirePath(name.path, here, 'file')
  return name
}

/** What stands under a name; undefined when nothing does. */
export function statIfThere({ channel, signal }: RemoteSide, path: string): Promise<RemoteStat | undefined> {
  return unlessMissing(channel.lstat(path, signal))
}

/** @throws POLICY_PATH_FORBIDDEN when the path leads elsewhere by now: somebody moved what it goes through */
export async function mustStillBe({ channel, signal }: RemoteSide, path: string): Promise<void> {
  const real = await unlessMissing(channel.realpath(path, signal))
  if (real !== path) throw leadsElsewhere(path)
}

export function leadsElsewhere(path: string) {
  return forbiddenPath(path, 'leads elsewhere by now: something on its way was moved or linked')
}

export function forbiddenPath(path: string, why: string) {
  return policyErrors.error('POLICY_PATH_FORBIDDEN', {
    message: `The path ${shown(path)} ${why}.`,
    field: 'remote_path',
  })
}

export function join(folder: string, name: string): string {
  return folder === '/' ? `/${name}` : `${folder}/${name}`
}

export function shown(path: string): string {
  return JSON.stringify(printable(path.slice(0, 256)))
}

export function hasCode(error: unknown, code: string): boolean {
  return isSshMcpError(error) && error.code === code
}

async function unlessMissing<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work
  } catch (error) {
    if (hasCode(error, 'SFTP_NOT_FOUND')) return undefined
    throw error
  }
}
