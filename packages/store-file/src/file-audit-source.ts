import { join } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { AuditSource, Segment } from '@sshmcp/audit'
import { readSafely } from './durable-file.ts'
import { listSegments, readSegment } from './segment-files.ts'

/** The newest signed checkpoint, as a file. */
export function checkpointPath(dir: string): string {
  return join(dir, 'checkpoint')
}

/** What the journal is, as a file that is written once. */
export function descriptionPath(dir: string): string {
  return join(dir, 'log.json')
}

/** The journal in a folder, for reading only: takes no lock, makes nothing, may run beside any number of writers. */
export class FileAuditSource implements AuditSource {
  readonly #folder: string

  constructor(dir: string) {
    this.#folder = dir
  }

  async segments(): Promise<readonly Segment[]> {
    return listSegments(this.#folder)
  }

  async read(segment: string, offset: number, length: number): Promise<Uint8Array> {
    const bytes = readSegment(this.#folder, segment, offset, length)
    // Whoever reads a whole journal must leave the others their turn.
    await nextTurn()
    return bytes
  }

  async note(): Promise<string | undefined> {
    return readSafely(checkpointPath(this.#folder))
  }

  async description(): Promise<string | undefined> {
    return readSafely(descriptionPath(this.#folder))
  }
}
