/**
 * A process that writes to a journal, for tests and benches: `append.ts DIR KEYFILE NAME COUNT IN_FLIGHT [acks]`.
 *
 * Waits for a line on stdin, then appends COUNT entries and prints `{"ms":…,"slowest99":…}`. With `acks` it prints each
 * acknowledged `NAME:number` at once, so that whoever kills it knows what it was promised.
 */
import { writeSync } from 'node:fs'
import { openJournal } from '@sshmcp/audit'
import { systemClock } from '@sshmcp/kernel'
import { openAuditKey, openFileAuditStore } from '@sshmcp/store-file'

const [dir = '', keyFile = '', name = '', count = '0', inFlight = '1', acks = ''] = process.argv.slice(2)

const store = await openFileAuditStore({ dir, patienceMs: 60_000 })
const journal = await openJournal({
  store,
  clock: systemClock,
  redactValue: (value) => value,
  writer: { version: '1.0.0', pid: process.pid },
  signer: openAuditKey(keyFile),
})
writeSync(1, 'ready\n')
await new Promise((resolve) => process.stdin.once('data', resolve))

const began = performance.now()
const waits: number[] = []
let next = 0

async function lane(): Promise<void> {
  for (let at = next++; at < Number(count); at = next++) {
    const start = performance.now()
    await journal.append({
      kind: 'read',
      client: { name: 'Visual Studio Code', version: '1.112.0' },
      user_id: `local:${name}`,
      tool: 'get_audit_logs',
      host_id: 'web-1',
      source: 'stdio',
      detail: { number: at, from: name },
    })
    waits.push(performance.now() - start)
    if (acks !== '') writeSync(1, `${name}:${at}\n`)
  }
}

await Promise.all(Array.from({ length: Number(inFlight) }, lane))
const ms = performance.now() - began
waits.sort((a, b) => a - b)
await journal.close()
writeSync(1, `${JSON.stringify({ ms, slowest99: waits[Math.floor(waits.length * 0.99)] ?? 0 })}\n`)
process.stdin.destroy()
