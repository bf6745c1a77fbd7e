import { type AuditStatus, readVerifiedEvents } from '@sshmcp/audit'
import type { ToolServices } from '@sshmcp/tools'
import type { AuditParts } from './adapters.ts'

const statuses: readonly AuditStatus[] = ['ok', 'error', 'denied', 'timeout', 'cancelled', 'unknown']

/** The journal as tools read it: the newest entries that match, and what the verifier says of the stretch they stand in. */
export function readJournal({ store, signer, anchor }: AuditParts): ToolServices['journal'] {
  const proof = { trusted: signer, anchors: anchor === undefined ? [] : [anchor] }
  return {
    async read({ status, text, ...rest }) {
      // The journal is searched as it stands in its file, where quotes and backslashes are escaped as in all JSON.
      const filter = { ...rest, text: text === undefined ? undefined : JSON.stringify(text).slice(1, -1) }
      const wanted = statuses.find((known) => known === status)
      const { events, report } = await readVerifiedEvents(store, { ...filter, status: wanted }, proof)
      const last = Math.max(report.fromSeq, report.size - 1)
      return { events, verified: { fromSeq: report.fromSeq, toSeq: last, verdict: report.verdict } }
    },
  }
}
