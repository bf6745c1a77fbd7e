import { dirname, join, resolve } from 'node:path'
import {
  type AuditSource,
  type NoteVerifier,
  parseVerifier,
  type TrustLevel,
  trustLevels,
  type VerifyReport,
  verifyChain,
} from '@sshmcp/audit'
import { readAuditKey } from './audit-key.ts'
import { storeErrors } from './errors.ts'
import { FileAuditSource } from './file-audit-source.ts'
import { openFolderAnchor } from './folder-anchor.ts'

/** How to verify a folder. */
export interface VerifyAuditOptions {
  /** The journal's key file; `keys/audit.key` beside the folder if left out. */
  readonly keyFile?: string | undefined
  /** The public key instead, as `<name>+<id>+<base64>`: for whoever does not have the key file. */
  readonly vkey?: string | undefined
  /** A second folder that keeps checkpoints. */
  readonly anchorDir?: string | undefined
  /** What the proof must rest on for `isEnough`; `chain` if left out. */
  readonly require?: TrustLevel | undefined
  /** Look only at what follows the newest checkpoint at or before this entry. */
  readonly fromSeq?: number | undefined
  readonly signal?: AbortSignal | undefined
  /** Hears how many bytes of how many have been read. A second reading, where one is needed, adds nothing. */
  readonly onProgress?: ((doneBytes: number, allBytes: number) => void) | undefined
}

/** A report, and whether it reaches what was asked for. */
export interface AuditVerification extends VerifyReport {
  /** True when the journal is intact and the proof rests on what `require` asks for. */
  readonly isEnough: boolean
}

/**
 * Verifies the journal in a folder: reads it once, changes nothing, may run beside writers.
 *
 * @throws STORE_PATH_UNSAFE, STORE_KEY_INVALID, STORE_UNAVAILABLE
 */
export async function verifyAudit(dir: string, options: VerifyAuditOptions = {}): Promise<AuditVerification> {
  const report = await verifyChain(await watched(new FileAuditSource(dir), options), {
    trusted: trustedKey(dir, options),
    anchors: options.anchorDir === undefined ? [] : [openFolderAnchor(options.anchorDir)],
    fromSeq: options.fromSeq,
    signal: options.signal,
  })
  const wanted = trustLevels.indexOf(options.require ?? 'chain')
  const isEmptyEnough = report.verdict === 'EMPTY' && options.require === undefined
  return { ...report, isEnough: report.isIntact && (isEmptyEnough || trustLevels.indexOf(report.level) >= wanted) }
}

async function watched(source: AuditSource, { onProgress }: VerifyAuditOptions): Promise<AuditSource> {
  if (onProgress === undefined) return source
  const all = (await source.segments()).reduce((sum, { bytes }) => sum + bytes, 0)
  let done = 0
  return {
    segments: () => source.segments(),
    note: () => source.note(),
    description: () => source.description(),
    async read(segment, offset, length) {
      const piece = await source.read(segment, offset, length)
      done = Math.min(all, done + piece.length)
      onProgress(done, all)
      return piece
    },
  }
}

function trustedKey(dir: string, { vkey, keyFile }: VerifyAuditOptions): NoteVerifier | undefined {
  if (vkey === undefined) return readAuditKey(keyFile ?? join(dirname(resolve(dir)), 'keys', 'audit.key'))
  const verifier = parseVerifier(vkey)
  if (verifier === undefined) throw storeErrors.error('STORE_KEY_INVALID', { message: 'This is not a journal key.' })
  return verifier
}
