import pc from 'picocolors'
import type { Terminal } from '../terminal.ts'

export interface FakeTerminalOptions {
  readonly env?: Readonly<Record<string, string>>
  readonly homeDir?: string
  /** What the person types, line by line; without it nobody sits there. */
  readonly typed?: readonly string[]
  /** What is piped in. */
  readonly stdin?: readonly string[]
}

/** A terminal that remembers what was written to it and shown on it. */
export function fakeTerminal({ env = {}, homeDir = '/nonexistent', typed, stdin = [] }: FakeTerminalOptions = {}) {
  const written = { out: '', err: '', asked: '', bytes: new Uint8Array() }
  const waiting = [...(typed ?? [])]
  const stops = new Set<() => void>()
  const answer = async (question: string): Promise<string | undefined> => {
    if (typed === undefined) return undefined
    written.asked += question
    return waiting.shift() ?? ''
  }
  const terminal: Terminal = {
    env,
    cwd: '/',
    homeDir,
    login: 'dana',
    isInteractive: false,
    colors: pc.createColors(false),
    write: (text) => {
      written.out += text
    },
    writeBytes: (bytes) => {
      written.bytes = Buffer.concat([written.bytes, bytes])
    },
    complain: (text) => {
      written.err += text
    },
    ask: answer,
    askSecret: answer,
    input: pieces(stdin),
    onInterrupt: (stop) => {
      stops.add(stop)
      return () => stops.delete(stop)
    },
  }
  const interrupt = (): void => {
    for (const stop of stops) stop()
  }
  return { terminal, written, interrupt }
}

async function* pieces(texts: readonly string[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) yield Buffer.from(text)
}
