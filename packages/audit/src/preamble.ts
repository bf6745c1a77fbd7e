import type { ChainHead } from './audit-store.ts'
import type { Draft } from './draft.ts'

/** Writes what must stand before anything else: the head of a new segment, and what a crash left half-written. */
export function addPreamble(draft: Draft, head: ChainHead, version: string, vkey: string): void {
  if (head.segment === undefined || head.segment.since === '') {
    draft.own('segment', { version, vkey, previous: head.previous ?? null, predecessor: head.predecessor })
  }
  if (head.voids.length > 0) {
    draft.own('recover', { voids: head.voids.map(({ leaf, bytes }) => ({ leaf, bytes })) })
  }
}

/** Writes an `orphaned` entry for each intent whose writer is dead, and closes those writers. */
export function addOrphans(draft: Draft, head: ChainHead, isGone: (identity: string) => boolean): void {
  const dead = new Set([...head.writers].filter(([, identity]) => isGone(identity)).map(([writer]) => writer))
  for (const [operationId, intent] of head.pending) {
    if (!dead.has(intent.writer) && head.writers.has(intent.writer)) continue
    draft.own(
      'orphaned',
      { intent: intent.seq, writer: intent.writer },
      { operation_id: operationId, status: 'unknown' },
    )
  }
  for (const writer of dead) draft.own('close', { writer, reason: 'the process is gone' })
}
