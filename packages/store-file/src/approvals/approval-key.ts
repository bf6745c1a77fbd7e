import { randomBytes } from 'node:crypto'
import { dirname } from 'node:path'
import { kernelErrors, Secret } from '@sshmcp/kernel'
import { safeFolder } from '../safe-path.ts'
import { createExclusively, readOwnText } from './exclusive-file.ts'

/**
 * The key that seals approvals: 32 random bytes, in hex, in a file of its own (0600, its folder 0700). Made when it is
 * not there; of several processes that start at once all get the same one. Who loses it loses what is pending, no more.
 *
 * @throws CONFIG_INVALID when something else lies there, or it is not only ours
 * @throws STORE_PATH_UNSAFE for its folder
 */
export function openApprovalKey({ path }: { readonly path: string }): Secret<Uint8Array> {
  safeFolder(dirname(path))
  const text = readOwnText(path) ?? createKey(path)
  if (!/^[0-9a-f]{64}\n$/.test(text))
    throw kernelErrors.error('CONFIG_INVALID', {
      message: `${path} is not a key of ours: it must be a file of the server's own user (0600) with 64 hex digits.`,
      next: 'Correct its owner and mode; or move it away and start again, which ends every pending approval.',
    })
  return new Secret(new Uint8Array(Buffer.from(text.trim(), 'hex')))
}

function createKey(path: string): string {
  createExclusively(path, `${randomBytes(32).toString('hex')}\n`)
  // Whoever won: the one that is there counts.
  return readOwnText(path) ?? ''
}
