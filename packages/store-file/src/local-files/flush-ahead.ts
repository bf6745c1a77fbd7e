import type { FileHandle } from 'node:fs/promises'

/** Large enough to cost a slow disk few flushes, small enough that little is left to wait for at the end. */
export const flushBytes = 33_554_432

/** Flushes a file while it grows, one flush at a time: all at once at the end, it would be waited for. */
export class FlushAhead {
  readonly #handle: Pick<FileHandle, 'datasync' | 'sync'>
  #bytes = 0
  #underWay: Promise<void> | undefined
  /** The system tells of a failure once: a flush after that one would succeed. */
  #failure: { readonly error: unknown } | undefined

  constructor(handle: Pick<FileHandle, 'datasync' | 'sync'>) {
    this.#handle = handle
  }

  /** To be called after each write, with its bytes. @throws what a flush failed with since */
  wrote(bytes: number): void {
    this.#throwFailure()
    this.#bytes += bytes
    if (this.#bytes < flushBytes || this.#underWay !== undefined) return
    this.#bytes = 0
    this.#underWay = this.#flush()
  }

  /** Resolves when all that was written is on the disk. @throws what a flush failed with */
  async all(): Promise<void> {
    await this.#underWay
    this.#throwFailure()
    await this.#handle.sync()
  }

  async #flush(): Promise<void> {
    try {
      await this.#handle.datasync()
    } catch (error) {
      this.#failure = { error }
    }
    this.#underWay = undefined
  }

  #throwFailure(): void {
    if (this.#failure !== undefined) throw this.#failure.error
  }
}
