import type { FileRules } from '@sshmcp/policy'
import { forbiddenPath, leadsElsewhere, mustStillBe, type RemoteSide, resolveName } from './remote-wall.ts'

/**
 * Removes one name: a plain file or a link, never what a link points to, never a folder. Where the host runs no programs,
 * the folder is asked for again in the same breath: a swap that the protocol could not prevent is at least told.
 *
 * @throws POLICY_PATH_FORBIDDEN, POLICY_EXTENSION_BLOCKED, SFTP_…
 */
export async function removeFile(side: RemoteSide, rules: FileRules, remotePath: string): Promise<void> {
  const { channel, signal } = side
  const { folder, path } = await resolveName(side, rules, remotePath)
  const [found] = await Promise.all([channel.lstat(path, signal), mustStillBe(side, folder)])
  if (found.type === 'directory') throw forbiddenPath(path, 'is a folder')
  if (found.type === 'other') throw forbiddenPath(path, 'is no plain file')
  const removed = await channel.removeOnHost(path, signal)
  if (removed === 'elsewhere') throw leadsElsewhere(path)
  if (removed === undefined) await Promise.all([channel.remove(path, signal), mustStillBe(side, folder)])
}
