import type { AuditEntry } from './audit-event.ts'
import type { ChainHead, KnownCheckpoint, PendingIntent, VoidLine } from './audit-store.ts'
import { isRecord, linePrefix, maxLineBytes, parseLine } from './entry-line.ts'
import { auditErrors } from './errors.ts'
import { genesis, leafOf } from './leaf.ts'

/**
 * The chain as far as it has been read: what an `AuditStore` keeps between two sections.
 *
 * Fed with every line in order, it refuses the first that does not follow. After an error it must be thrown away and
 * read again from the disk.
 */
export class ChainState implements ChainHead {
  size = 0
  leaf = genesis
  time = ''
  readonly voids: VoidLine[] = []
  segment: { name: string; bytes: number; since: string } | undefined
  previous: { readonly name: string; readonly bytes: number; readonly sha256: string } | undefined
  readonly pending = new Map<string, PendingIntent>()
  readonly writers = new Map<string, string>()
  checkpoint: KnownCheckpoint | undefined
  predecessor: { readonly name: string; readonly bytes: number; readonly sha256: string } | undefined

  /**
   * Takes the next line, newline not included.
   *
   * @returns `void` when the bytes are no entry: they count once a `recover` entry names them
   * @throws AUDIT_CHAIN_BROKEN when it is an entry, but not the next one
   */
  accept(line: Uint8Array): 'entry' | 'void' {
    const entry = line.length > maxLineBytes ? undefined : parseLine(line)
    if (entry === undefined) {
      this.#countBytes(line.length)
      this.voids.push({ leaf: leafOf(line), bytes: line.length })
      return 'void'
    }
    this.#mustFollow(entry, linePrefix(line)?.prev)
    this.#countBytes(line.length)
    this.#settleVoids(entry)
    this.#follow(entry)
    this.size = entry.seq + 1
    this.leaf = leafOf(line)
    this.time = entry.time
    return 'entry'
  }

  #countBytes(length: number): void {
    if (this.segment !== undefined) this.segment.bytes += length + 1
  }

  #mustFollow(entry: AuditEntry, prev: string | undefined): void {
    if (entry.seq === this.size && prev === this.leaf) return
    const message = `Entry ${this.size} of the journal is missing or was changed: the next line says ${entry.seq}.`
    throw auditErrors.error('AUDIT_CHAIN_BROKEN', { message })
  }

  #settleVoids(entry: AuditEntry): void {
    if (this.voids.length === 0 || entry.kind === 'segment') return
    if (entry.kind !== 'recover' || !namesVoids(entry, this.voids)) {
      const message = `Before entry ${entry.seq} of the journal stand bytes that are no entry and that nobody recorded.`
      throw auditErrors.error('AUDIT_CHAIN_BROKEN', { message })
    }
    this.voids.length = 0
  }

  #follow(entry: AuditEntry): void {
    const operation = entry.operation_id
    const detail = isRecord(entry.detail) ? entry.detail : {}
    switch (entry.kind) {
      case 'open':
        this.writers.set(entry.writer, typeof detail.identity === 'string' ? detail.identity : '')
        break
      case 'close':
        this.writers.delete(typeof detail.writer === 'string' ? detail.writer : entry.writer)
        break
      case 'intent':
        if (operation !== undefined) this.pending.set(operation, { seq: entry.seq, writer: entry.writer })
        break
      case 'outcome':
      case 'orphaned':
        if (operation !== undefined) this.pending.delete(operation)
        break
      case 'segment':
        if (this.segment !== undefined) this.segment.since = entry.time
        break
      case 'checkpoint':
        this.checkpoint = { size: entry.seq, time: entry.time, seals: detail.seals === true }
        if (detail.seals === true) this.#seal()
        break
      default:
    }
  }

  #seal(): void {
    if (this.segment !== undefined) this.previous = { name: this.segment.name, bytes: this.segment.bytes, sha256: '' }
    this.segment = undefined
  }
}

/** True when a `recover` entry lists exactly these lines. */
export function namesVoids(entry: AuditEntry, voids: readonly VoidLine[]): boolean {
  const listed = isRecord(entry.detail) ? entry.detail.voids : undefined
  if (!Array.isArray(listed) || listed.length !== voids.length) return false
  return voids.every((line, index) => {
    const named: unknown = listed[index]
    return isRecord(named) && named.leaf === line.leaf && named.bytes === line.bytes
  })
}
