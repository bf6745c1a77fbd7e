import { accessSync, chmodSync, constants, existsSync, mkdirSync, readdirSync, statfsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { shellWord } from '@sshmcp/kernel'
import type { Places } from '@sshmcp/runtime'
import { type Check, fail, ok, warn } from './check.ts'

/** Below this the journal is about to stop everything. */
const leastFreeBytes = 100 * 1024 * 1024

/** Whether what we keep is ours alone, can be written, and has room. */
export function folderChecks(places: Places): readonly Check[] {
  const { configDir, auditLogDir, certDataDir, approvalDataDir, transferDir, keysDir } = places
  const files = [places.hostsFile, places.templatesFile, places.policyFile, places.identitiesFile]
  const folders = [configDir, auditLogDir, certDataDir, approvalDataDir, transferDir, keysDir]
  // The cure of a closed folder opens what lies in it, which cannot be looked at before.
  const closed = folders.filter(isClosed)
  const isBelow = (path: string): boolean => closed.some((outer) => path.startsWith(`${outer}/`))
  const found = [
    ...folders.filter((path) => !isBelow(path)).flatMap(folder),
    ...files.filter((path) => !isBelow(path) && existsSync(path)).flatMap(file),
  ]
  const permissions = found.length === 0 ? [ok('permissions', 'folders 0700, files 0600, ours alone')] : found
  return [...permissions, ...room(configDir), ...leftovers(places)]
}

function folder(path: string): readonly Check[] {
  if (!existsSync(path)) {
    const make = (): void => void mkdirSync(path, { recursive: true, mode: 0o700 })
    return [{ ...warn('permissions', `${path} does not exist yet.`, 'sshmcp init, or sshmcp doctor --fix'), fix: make }]
  }
  if (!statSync(path).isDirectory())
    return [fail('permissions', `${path} is a file.`, 'Name a folder, with --config-dir or SSH_MCP_CONFIG_DIR.')]
  if (isClosed(path)) return [closedFolder(path)]
  return tooOpen(path, 0o700)
}

function file(path: string): readonly Check[] {
  return tooOpen(path, 0o600)
}

function tooOpen(path: string, wanted: number): readonly Check[] {
  const mode = statSync(path).mode & 0o777
  if ((mode & 0o077) === 0) return []
  const shown = mode.toString(8).padStart(4, '0')
  const cure = `chmod ${wanted.toString(8)} ${shellWord(path)}`
  const text = `${path} is open to others (mode ${shown}).`
  const state = (mode & 0o022) === 0 ? 'warn' : 'fail'
  return [{ state, what: 'permissions', text, cure, fix: () => chmodSync(path, wanted) }]
}

/** Whether a folder is there and this account may not read, write or enter it. */
export function isClosed(path: string): boolean {
  if (!existsSync(path)) return false
  try {
    accessSync(path, constants.R_OK | constants.W_OK | constants.X_OK)
    return false
  } catch {
    // Whatever the reason, the line that follows names the cure.
    return true
  }
}

function closedFolder(path: string): Check {
  const text = `${path} cannot be read, written and entered by this account.`
  if (statSync(path).uid !== process.getuid?.())
    return fail(
      'permissions',
      text,
      `Make it yours: sudo chown -R "$(id -un)" ${shellWord(path)} && chmod 700 ${shellWord(path)}`,
    )
  return { ...fail('permissions', text, `chmod 700 ${shellWord(path)}`), fix: () => chmodSync(path, 0o700) }
}

function room(path: string): readonly Check[] {
  if (!existsSync(path)) return []
  const { bavail, bsize } = statfsSync(path)
  const free = `${Math.floor((bavail * bsize) / 1024 / 1024)} MiB free at ${path}`
  if (bavail * bsize >= leastFreeBytes) return [ok('disk', free)]
  return [fail('disk', `Only ${free}.`, 'Free some space: without a journal nothing runs.')]
}

/** What the Python server kept here. We leave it alone and do not read it. */
function leftovers({ auditLogDir, approvalDataDir, certDataDir }: Places): readonly Check[] {
  const old = [
    ...matching(auditLogDir, /^audit\.jsonl$/),
    ...matching(approvalDataDir, /\.json$/),
    ...matching(certDataDir, /\.(?:pem|json)$/).filter((path) => !/krl/.test(path)),
  ]
  if (old.length === 0) return []
  const names = `${old.slice(0, 3).join(', ')}${old.length > 3 ? ` and ${old.length - 3} more` : ''}`
  return [
    warn(
      'old files',
      `${names} are of the Python server. They are not read, and approvals and certificates in them count for nothing.`,
      `Keep them elsewhere: mkdir -p ~/ssh-mcp-old && mv ${old.slice(0, 3).map(shellWord).join(' ')} ~/ssh-mcp-old/`,
    ),
  ]
}

function matching(dir: string, pattern: RegExp): readonly string[] {
  if (!existsSync(dir) || isClosed(dir)) return []
  return readdirSync(dir)
    .filter((name) => pattern.test(name))
    .map((name) => join(dir, name))
}
