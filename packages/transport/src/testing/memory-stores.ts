import { Secret } from '@sshmcp/kernel'
import type { KnownHosts, KnownHostsFile } from '../known-hosts-port.ts'
import type { PrivateKeyFile, PrivateKeys } from '../private-keys.ts'

/** known_hosts in memory: lines can be added and taken away between connections. */
export class MemoryKnownHosts implements KnownHosts {
  lines: readonly string[]

  constructor(lines: readonly string[] = []) {
    this.lines = lines
  }

  async read(): Promise<readonly KnownHostsFile[]> {
    return this.lines.length === 0 ? [] : [{ path: 'known_hosts', text: `${this.lines.join('\n')}\n` }]
  }
}

/** Private keys in memory, by path; the default keys are those whose path begins with `~/.ssh/id_`. */
export class MemoryPrivateKeys implements PrivateKeys {
  readonly #texts: ReadonlyMap<string, string>

  constructor(texts: Readonly<Record<string, string>> = {}) {
    this.#texts = new Map(Object.entries(texts))
  }

  async named(path: string): Promise<PrivateKeyFile> {
    const text = this.#texts.get(path)
    return text === undefined
      ? { path, found: false, why: 'the file is not there' }
      : { path, found: true, text: new Secret(text) }
  }

  async defaults(): Promise<readonly PrivateKeyFile[]> {
    return Promise.all(
      [...this.#texts.keys()].filter((path) => path.startsWith('~/.ssh/id_')).map((path) => this.named(path)),
    )
  }
}
