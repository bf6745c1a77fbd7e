import { describeReport, openJournal } from '@sshmcp/audit'
import { systemClock } from '@sshmcp/kernel'
import { openAuditKey, openFileAuditStore, verifyAudit } from '@sshmcp/store-file'

const journal = await openJournal({
  store: await openFileAuditStore({ dir: 'state/audit_logs' }),
  signer: openAuditKey('state/keys/audit.key'),
  clock: systemClock,
  redactValue: (value) => value,
  writer: { version: '1.0.0', pid: process.pid },
})
await journal.append({ kind: 'read', user_id: 'alice', tool: 'get_audit_logs', status: 'ok' })
await journal.close()

const report = await verifyAudit('state/audit_logs')
process.stdout.write(`${report.isEnough}: ${describeReport(report)}\n`)
// true: OK up to 6: signed up to 6, NOT ANCHORED
