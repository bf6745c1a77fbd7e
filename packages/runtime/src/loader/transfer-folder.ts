import { realpathSync } from 'node:fs'
import { basename, dirname, join, sep } from 'node:path'
import { kernelErrors } from '@sshmcp/kernel'
import type { Places } from '../config.ts'

/**
 * Refuses a transfer folder from which a transfer could reach keys, the journal, approvals or the configuration, links on
 * the way followed.
 *
 * @throws CONFIG_INVALID
 */
export function requireApartFromSecrets(places: Places, homeDir: string): void {
  const transfer = real(places.transferDir)
  const secrets = [
    join(homeDir, '.ssh'),
    places.auditLogDir,
    places.certDataDir,
    places.approvalDataDir,
    places.keysDir,
  ]
  for (const folder of secrets) {
    const other = real(folder)
    if (isWithin(other, transfer) || isWithin(transfer, other)) throw tooClose(places.transferDir, folder)
  }
  // Lying in it is the default; holding it would make the configuration itself a file to move.
  if (isWithin(transfer, real(places.configDir))) throw tooClose(places.transferDir, places.configDir)
}

function isWithin(folder: string, path: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep)
}

/** With the links followed of as much of it as exists. */
function real(path: string): string {
  try {
    return realpathSync(path)
  } catch {
    // Not made yet: what is above it decides.
    return dirname(path) === path ? path : join(real(dirname(path)), basename(path))
  }
}

function tooClose(transferDir: string, folder: string) {
  return kernelErrors.error('CONFIG_INVALID', {
    message: `The transfer folder ${transferDir} and ${folder} may not lie in one another: a transfer could reach what is kept there.`,
    next: 'Set SSH_MCP_TRANSFER_DIR to a folder of its own, or leave it out.',
    field: 'SSH_MCP_TRANSFER_DIR',
  })
}
