import { type AuditEntry, eventsForward } from '@sshmcp/audit'
import { FileAuditSource } from '@sshmcp/store-file'
import type { Places } from './config.ts'

/** Every entry of the journal, oldest first, in constant memory. Takes no lock. */
export function exportJournal(places: Places): AsyncIterable<AuditEntry> {
  return eventsForward(new FileAuditSource(places.auditLogDir))
}
