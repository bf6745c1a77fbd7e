/**
 * What a server does with one call, for fault injection: `guarded.ts DIR KEYFILE CANARY`. An intent, then the deed (a
 * canary file), then the outcome; once more, to see whether it heals. Prints what it was told.
 */
import { appendFileSync, writeSync } from 'node:fs'
import { type Journal, openJournal } from '@sshmcp/audit'
import { isSshMcpError, systemClock } from '@sshmcp/kernel'
import { openAuditKey, openFileAuditStore } from '@sshmcp/store-file'

const [dir = '', keyFile = '', canary = ''] = process.argv.slice(2)

async function call(journal: Journal, operationId: string): Promise<string> {
  try {
    await journal.append({ kind: 'intent', operation_id: operationId, tool: 'run_ssh_command' })
  } catch (error) {
    return isSshMcpError(error) ? `refused:${error.code}` : 'refused'
  }
  appendFileSync(canary, `${operationId}\n`)
  try {
    await journal.append({ kind: 'outcome', operation_id: operationId, status: 'ok' })
    return 'done'
  } catch {
    return 'done, not recorded'
  }
}

try {
  const journal = await openJournal({
    store: await openFileAuditStore({ dir, patienceMs: 3_000 }),
    clock: systemClock,
    redactValue: (value) => value,
    writer: { version: '1.0.0', pid: process.pid },
    signer: openAuditKey(keyFile),
  })
  writeSync(1, `first ${await call(journal, `first-${process.pid}`)}\n`)
  writeSync(1, `second ${await call(journal, `second-${process.pid}`)}\n`)
  await journal.close().catch(() => writeSync(1, 'close failed\n'))
} catch (error) {
  writeSync(1, `not opened ${isSshMcpError(error) ? error.code : String(error)}\n`)
}
