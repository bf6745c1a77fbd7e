import * as z from 'zod'
import type { HostOutcome } from './services.ts'

/** What became of each host, in a reply. */
export const hostOutcomes = z.array(
  z.object({
    host_id: z.string(),
    outcome: z.enum(['done', 'not_configured', 'failed']),
    code: z.string().optional(),
    message: z.string().optional(),
  }),
)

export function shownOutcomes(outcomes: readonly HostOutcome[]): z.input<typeof hostOutcomes> {
  return outcomes.map(({ hostId, ...rest }) => ({ host_id: hostId, ...rest }))
}

/** How many hosts went how, for the journal. */
export function outcomeCounts(hosts: z.output<typeof hostOutcomes>): Readonly<Record<string, number>> {
  const count = (wanted: string) => hosts.filter(({ outcome }) => outcome === wanted).length
  return { hosts_done: count('done'), hosts_failed: count('failed') }
}
