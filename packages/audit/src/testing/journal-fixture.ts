import { ManualClock, sequentialIds } from '@sshmcp/kernel/testing'
import type { AuditStore } from '../audit-store.ts'
import { type Journal, type JournalDeps, openJournal } from '../journal.ts'
import { type NoteSigner, noteSigner } from '../signed-note.ts'
import { MemoryAuditFolder, MemoryAuditStore } from './memory-audit-store.ts'

/** A signer whose key is no secret. */
export function aSigner(name = 'sshmcp-audit_test', seed = 7): NoteSigner {
  return noteSigner(name, Buffer.alloc(32, seed))
}

/** A journal on a store, with a clock that stands still and a key that is no secret. */
export async function aJournal(store: AuditStore, overrides: Partial<JournalDeps> = {}): Promise<Journal> {
  return openJournal({
    store,
    clock: new ManualClock(),
    ids: sequentialIds(),
    redactValue: (value) => value,
    writer: { version: '1.0.0', pid: 1 },
    signer: aSigner(),
    ...overrides,
  })
}

/** A folder with a journal of at least `entries` entries, closed properly. */
export async function aWrittenFolder(
  entries: number,
  overrides: Partial<JournalDeps> = {},
): Promise<MemoryAuditFolder> {
  const folder = new MemoryAuditFolder()
  const journal = await aJournal(new MemoryAuditStore(folder), overrides)
  for (let at = 0; at * 2 < entries; at++) {
    const operation_id = `op_${String(at).padStart(6, '0')}`
    const about = { operation_id, user_id: 'alice', host_id: `web-${at % 3}`, tool: 'run_ssh_command' }
    const intent = journal.append({ ...about, kind: 'intent', command: 'df -h' })
    const outcome = journal.append({ ...about, kind: 'outcome', status: at % 5 === 0 ? 'error' : 'ok', exit_code: 0 })
    await Promise.all([intent, outcome])
  }
  await journal.close()
  return folder
}
