import type { HostReading, Placing, PlacingWish } from '@sshmcp/transport'
import { randomMarker } from '../random-marker.ts'
import { cancelled } from './conversation.ts'
import { type Located, placingScript, readingScript, removingScript, saidBy, scriptLine } from './host-script.ts'

/** Runs a constant line of ours on the host and returns what it prints. */
export type RunOnHost = (line: string, stdin: Buffer, signal: AbortSignal) => Promise<string>

/** What the host does with its own programs. Each answer is undefined where it runs none for us. */
export class HostWork {
  readonly #run: RunOnHost

  constructor(run: RunOnHost) {
    this.#run = run
  }

  async read(path: Uint8Array, length: number, signal: AbortSignal): Promise<HostReading | 'elsewhere' | undefined> {
    const said = await this.#say((word) => readingScript(located(path), length, word), signal)
    if (said === 'elsewhere') return said
    const [, links, sha256] = /^(\d{1,9}) ([0-9a-f]{64})$/.exec(said ?? '') ?? []
    return links === undefined || sha256 === undefined ? undefined : { links: Number(links), sha256 }
  }

  async place(from: Uint8Array, to: Uint8Array, wish: PlacingWish, signal: AbortSignal): Promise<Placing | undefined> {
    const { name } = located(to)
    const said = await this.#say((word) => placingScript(located(from), name, wish, word), signal)
    return placings.find((one) => one === said)
  }

  async remove(path: Uint8Array, signal: AbortSignal): Promise<'removed' | 'elsewhere' | undefined> {
    const said = await this.#say((word) => removingScript(located(path), word), signal)
    return said === 'removed' || said === 'elsewhere' ? said : undefined
  }

  async #say(script: (word: string) => Buffer, signal: AbortSignal): Promise<string | undefined> {
    const word = randomMarker()
    try {
      return saidBy(await this.#run(scriptLine, script(word), signal), word)
    } catch {
      if (signal.aborted) throw cancelled()
      // A host that runs no programs for us is not a failure: whoever asked finds another way.
      return undefined
    }
  }
}

const placings: readonly Placing[] = ['placed', 'exists', 'different', 'elsewhere']

function located(path: Uint8Array): Located {
  const cut = path.lastIndexOf(0x2f)
  return { folder: cut === 0 ? path.subarray(0, 1) : path.subarray(0, cut), name: path.subarray(cut + 1) }
}
