import { openJournal } from '@sshmcp/audit'
import { MemoryAuditStore } from '@sshmcp/audit/testing'
import { systemClock } from '@sshmcp/kernel'

const journal = await openJournal({
  store: new MemoryAuditStore(),
  clock: systemClock,
  redactValue: (value) => value,
  writer: { version: '1.0.0', pid: process.pid },
})
const operation_id = 'op_1'
await journal.append({ kind: 'intent', operation_id, user_id: 'alice', host_id: 'web-1', command: 'df -h' })
// Only now may it happen: the intent is on the disk.
await journal.append({ kind: 'outcome', operation_id, status: 'ok', exit_code: 0 })
await journal.close()
