import { createHash } from 'node:crypto'
import type { RunningCall } from '@sshmcp/pipeline'
import { requireSize } from '@sshmcp/policy'

export interface Measure {
  readonly limit: number
  readonly setting: 'max_upload_bytes' | 'max_download_bytes'
  /** As far as it is known beforehand. */
  readonly expectedBytes: number
  readonly progress: RunningCall['progress']
}

/** Counts and hashes what goes by, and stops it when it is more than is allowed. */
export class Counting {
  readonly #measure: Measure
  readonly #hash = createHash('sha256')
  #bytes = 0
  #nextNotice: number
  readonly #step: number

  constructor(measure: Measure) {
    this.#measure = measure
    this.#step = Math.max(1_048_576, Math.ceil(measure.expectedBytes / 100))
    this.#nextNotice = this.#step
  }

  get bytes(): number {
    return this.#bytes
  }

  /** @throws POLICY_FILE_TOO_LARGE */
  take(chunk: Uint8Array): void {
    this.#bytes += chunk.length
    const { limit, setting, expectedBytes, progress } = this.#measure
    requireSize(this.#bytes, limit, setting)
    this.#hash.update(chunk)
    if (this.#bytes < this.#nextNotice) return
    this.#nextNotice = this.#bytes + this.#step
    const total = Math.max(expectedBytes, this.#bytes)
    progress(this.#bytes, total, `${this.#bytes} of ${total} bytes`)
  }

  /** Lower-case hex; once, at the end. */
  sha256(): string {
    return this.#hash.digest('hex')
  }
}

/** The SHA-256 of everything that a source yields, and how much that was. */
export async function readAgain(source: AsyncIterable<Uint8Array | readonly Uint8Array[]>) {
  const hash = createHash('sha256')
  let bytes = 0
  for await (const part of source) {
    for (const chunk of part instanceof Uint8Array ? [part] : part) {
      hash.update(chunk)
      bytes += chunk.length
    }
  }
  return { bytes, sha256: hash.digest('hex') }
}
