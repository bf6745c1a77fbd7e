import type { AuditEntry } from './audit-event.ts'
import type { Draft } from './draft.ts'
import { isRecord } from './entry-line.ts'
import type { NoteSigner } from './signed-note.ts'

/** What a checkpoint says: so many entries, and the leaf of the last of them. Through the chain that is all of them. */
export interface Checkpoint {
  readonly origin: string
  readonly size: number
  readonly leaf: string
}

/**
 * The text that is signed. Its third line is marked, since it is the head of a chain and not the root of a Merkle tree,
 * which C2SP tlog-checkpoint has there.
 */
export function checkpointText({ origin, size, leaf }: Checkpoint): string {
  return `${origin}\n${size}\nchain-sha256:${Buffer.from(leaf, 'hex').toString('base64')}\n`
}

/** Reads a checkpoint's text; undefined when it is none. */
export function parseCheckpoint(text: string): Checkpoint | undefined {
  const found = /^(\S+)\n(0|[1-9][0-9]{0,14})\nchain-sha256:([A-Za-z0-9+/]{43}=)\n$/.exec(text)
  if (found === null) return undefined
  const [, origin = '', size = '', encoded = ''] = found
  return { origin, size: Number(size), leaf: Buffer.from(encoded, 'base64').toString('hex') }
}

/** Reads the checkpoint in a note without asking who signed it; undefined when it is none. */
export function claimedCheckpoint(note: string): Checkpoint | undefined {
  const blank = note.lastIndexOf('\n\n')
  return blank < 0 ? undefined : parseCheckpoint(note.slice(0, blank + 1))
}

/** The note in a `checkpoint` entry; empty when it has none. */
export function noteIn(entry: AuditEntry): string {
  return isRecord(entry.detail) && typeof entry.detail.note === 'string' ? entry.detail.note : ''
}

/** A note that stands in a line somewhere, whatever else became of the line; undefined when there is none. */
export function embeddedNote(line: string): string | undefined {
  const text = String.raw`[^\s"]+\\n[0-9]{1,15}\\nchain-sha256:[A-Za-z0-9+/]{43}=\\n`
  const found = new RegExp(String.raw`${text}\\n— [^\s"]+ [A-Za-z0-9+/=]+\\n`).exec(line)
  return found?.[0].replaceAll(String.raw`\n`, '\n')
}

/** Signs everything before it and adds the entry that says so; whoever opens the journal later goes on from there. */
export function addCheckpoint(draft: Draft, signer: NoteSigner, seals: boolean): void {
  const { pending, writers } = draft.ledger().list()
  const note = noteOver(draft, signer)
  draft.own('checkpoint', { note, pending, writers, since: draft.since, ...(seals ? { seals } : {}) })
}

/** A note over all that stands before the next line. */
export function noteOver(draft: Draft, signer: NoteSigner): string {
  return signer.sign(checkpointText({ origin: signer.name, size: draft.size, leaf: draft.leaf }))
}
