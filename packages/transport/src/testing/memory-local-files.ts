import { localFileErrors } from '../errors.ts'
import type { LocalFiles, LocalTarget } from '../local-files.ts'

/** A transfer folder in memory, `/transfers`; every path in it is a plain file. */
export class MemoryLocalFiles implements LocalFiles {
  readonly files = new Map<string, Uint8Array>()
  /** Targets that were begun and neither finished nor discarded. */
  unfinished = 0
  /** Bytes after which writing fails as on a full disk. */
  space = Number.POSITIVE_INFINITY

  async openRead(path: string) {
    const content = this.files.get(path)
    if (path.includes('..')) throw localFileErrors.error('LOCAL_PATH_FORBIDDEN', { message: 'That leads out.' })
    if (content === undefined) throw localFileErrors.error('LOCAL_NOT_FOUND', { message: 'No such file.' })
    return {
      path: `/transfers/${path}`,
      size: content.length,
      mode: 0o640,
      async *read(signal: AbortSignal): AsyncGenerator<Uint8Array> {
        for (let at = 0; at < content.length && !signal.aborted; at += 65_536) {
          yield* lend(content.subarray(at, at + 65_536))
        }
      },
      close: async () => {},
    }
  }

  async create(path: string, replace: boolean): Promise<LocalTarget> {
    if (path.includes('..')) throw localFileErrors.error('LOCAL_PATH_FORBIDDEN', { message: 'That leads out.' })
    if (!replace) this.#requireFree(path)
    let content = Buffer.alloc(0)
    let isOver = false
    this.unfinished++
    const end = (): void => {
      if (!isOver) this.unfinished--
      isOver = true
    }
    return {
      path: `/transfers/${path}`,
      write: async (chunks) => {
        content = Buffer.concat([content, ...chunks])
        if (content.length > this.space) throw localFileErrors.error('LOCAL_NO_SPACE', { message: 'The disk is full.' })
      },
      async *readBack() {
        yield* lend(content)
      },
      finish: async () => {
        if (!replace) this.#requireFree(path)
        this.files.set(path, content)
        end()
      },
      discard: async () => end(),
    }
  }

  #requireFree(path: string): void {
    if (this.files.has(path)) throw localFileErrors.error('LOCAL_EXISTS', { message: 'It exists already.' })
  }
}

/** What was lent is something else afterwards, as on a disk. */
function* lend(content: Uint8Array): Generator<Uint8Array> {
  const lent = Uint8Array.from(content)
  yield lent
  lent.fill(0xee)
}
