/**
 * What a server does with one call, for fault injection: `guarded.ts DIR KEYFILE CANARY [SEGMENT_BYTES ANCHOR]`. An
 * intent, then the deed (a canary file), then the outcome; once more, to see whether it heals. Prints what it was told.
 */
import { appendFileSync, writeSync } from 'node:fs'
import { type Journal, openJournal, publishNewest } from '@sshmcp/audit'
import { isSshMcpError, systemClock } from '@sshmcp/kernel'
import { FileAuditSource, openAuditKey, openFileAuditStore, openFolderAnchor } from '@sshmcp/store-file'

const [dir = '', keyFile = '', canary = '', segmentBytes, anchor] = process.argv.slice(2)

const told = (error: unknown): string => (isSshMcpError(error) ? error.code : String(error))

async function call(journal: Journal, operationId: string): Promise<string> {
  try {
    await journal.append({ kind: 'intent', operation_id: operationId, tool: 'run_ssh_command' })
  } catch (error) {
    return `refused:${told(error)}`
  }
  appendFileSync(canary, `${operationId}\n`)
  try {
    await journal.append({ kind: 'outcome', operation_id: operationId, status: 'ok' })
    return 'done'
  } catch (error) {
    return `done, not recorded:${told(error)}`
  }
}

async function copyCheckpoint(to: string): Promise<string> {
  try {
    await publishNewest(new FileAuditSource(dir), openFolderAnchor(to))
    return 'anchored'
  } catch (error) {
    return `not anchored:${told(error)}`
  }
}

try {
  const journal = await openJournal({
    store: await openFileAuditStore({ dir, patienceMs: 3_000 }),
    clock: systemClock,
    redactValue: (value) => value,
    writer: { version: '1.0.0', pid: process.pid },
    signer: openAuditKey(keyFile),
    limits: segmentBytes === undefined ? {} : { segmentBytes: Number(segmentBytes) },
  })
  for (const operation of [`first-${process.pid}`, `second-${process.pid}`])
    writeSync(1, `${operation} ${await call(journal, operation)}\n`)
  await journal.close().catch((error) => writeSync(1, `close failed:${told(error)}\n`))
  if (anchor !== undefined) writeSync(1, `${await copyCheckpoint(anchor)}\n`)
} catch (error) {
  writeSync(1, `not opened:${told(error)}\n`)
}
