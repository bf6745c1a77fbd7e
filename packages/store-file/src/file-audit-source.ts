import { join } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { AuditSource, Segment } from '@sshmcp/audit'
import { readSafely } from './durable-file.ts'
import { listSegments, readSegment } from './segment-files.ts'
import { inPlace } from './unavailable.ts'

/** The newest signed checkpoint, as a file. */
export function checkpointPath(dir: string): string {
  return join(dir, 'checkpoint')
}

/** What the journal is, as a file that is written once. */
export function descriptionPath(dir: string): string {
  return join(dir, 'log.json')
}

/**
 * The journal in a folder, for reading only: takes no lock, makes nothing, may run beside any number of writers.
 *
 * Each method may throw STORE_PATH_UNSAFE and STORE_UNAVAILABLE.
 */
export class FileAuditSource implements AuditSource {
  readonly #folder: string

  constructor(dir: string) {
    this.#folder = dir
  }

  async segments(): Promise<readonly Segment[]> {
    return inPlace(this.#folder, () => listSegments(this.#folder))
  }

  async read(segment: string, offset: number, length: number): Promise<Uint8Array> {
    const bytes = inPlace(this.#folder, () => readSegment(this.#folder, segment, offset, length))
    // Whoever reads a whole journal must leave the others their turn.
    await nextTurn()
    return bytes
  }

  async note(): Promise<string | undefined> {
    return inPlace(this.#folder, () => readSafely(checkpointPath(this.#folder)))
  }

  async description(): Promise<string | undefined> {
    return inPlace(this.#folder, () => readSafely(descriptionPath(this.#folder)))
  }
}
