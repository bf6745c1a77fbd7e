import { join } from 'node:path'
import { type AuditEntry, describeReport, followEvents, type TrustLevel } from '@sshmcp/audit'
import { parsePolicy } from '@sshmcp/policy'
import { type AuditVerification, FileAuditSource, verifyAudit } from '@sshmcp/store-file'
import type { Places } from './config.ts'
import { ConfigFiles } from './loader/config-files.ts'

export type { AuditEntry } from '@sshmcp/audit'

export interface VerifiedJournal {
  readonly report: AuditVerification
  /** One line for a person; never a bare OK. */
  readonly summary: string
  /** Where copies of the checkpoints belong, if anywhere. */
  readonly anchorDir: string | undefined
}

/**
 * Verifies the journal where it lies, against the anchor that `policy.json` names: takes no lock, writes nothing, needs no
 * identity.
 *
 * @param onProgress hears how much has been read
 * @throws CONFIG_INVALID when `policy.json` is wrong
 */
export async function verifyJournal(
  places: Places,
  require: TrustLevel | undefined,
  onProgress?: (doneBytes: number, allBytes: number) => void,
): Promise<VerifiedJournal> {
  const { anchorDir } = parsePolicy(new ConfigFiles().optional(places.policyFile)).audit
  const keyFile = join(places.keysDir, 'audit.key')
  const report = await verifyAudit(places.auditLogDir, { keyFile, require, anchorDir, onProgress })
  return { report, summary: describeReport(report), anchorDir }
}

/** Entries that are added from now on, by whatever process, until the signal. */
export function followJournal(places: Places, signal: AbortSignal): AsyncIterable<AuditEntry> {
  return followEvents(new FileAuditSource(places.auditLogDir), { signal })
}
