import { homedir, userInfo } from 'node:os'
import pc from 'picocolors'
import { askOnTerminal, askSecretOnTerminal } from './ask-on-terminal.ts'

/** Everything a command may touch of the process around it, so that a test can be one. */
export interface Terminal {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly cwd: string
  readonly homeDir: string
  readonly login: string
  /** True when a person can be asked something that has a default. */
  readonly isInteractive: boolean
  readonly colors: ReturnType<typeof pc.createColors>
  /** Results, on stdout. */
  write(text: string): void
  /** A result that is no text, on stdout. */
  writeBytes(bytes: Uint8Array): void
  /** Words for a person, on stderr. */
  complain(text: string): void
  /**
   * Shows a text on the terminal that the process belongs to and reads one line from it, wherever stdin and stdout lead.
   * Undefined when there is no terminal; an empty line when the person ended the input or the signal fired.
   */
  ask(question: string, signal?: AbortSignal): Promise<string | undefined>
  /** As `ask`, and what is typed is not shown. */
  askSecret(question: string, signal?: AbortSignal): Promise<string | undefined>
  /** What came in on stdin, in pieces. */
  readonly input: AsyncIterable<Uint8Array>
  /** Calls `stop` on Ctrl-C, or when nobody reads stdout any more, until the function that it returns is called. */
  onInterrupt(stop: () => void): () => void
}

/** The terminal of this process. `NO_COLOR`, `--no-color` and a pipe turn colours off. */
export function processTerminal(): Terminal {
  const wantsColor = process.stdout.isTTY === true && !process.argv.includes('--no-color') && !process.env.NO_COLOR
  for (const stream of [process.stdout, process.stderr]) stream.on('error', ignoreBrokenPipe)
  return {
    env: process.env,
    cwd: process.cwd(),
    homeDir: homedir(),
    login: userInfo().username,
    isInteractive: process.stdin.isTTY === true && process.stderr.isTTY === true,
    colors: pc.createColors(wantsColor),
    write: (text) => void process.stdout.write(text),
    writeBytes: (bytes) => void process.stdout.write(bytes),
    complain: (text) => void process.stderr.write(text),
    ask: askOnTerminal,
    askSecret: askSecretOnTerminal,
    get input() {
      return process.stdin
    },
    onInterrupt(stop) {
      process.once('SIGINT', stop)
      process.stdout.once('error', stop)
      return () => {
        process.off('SIGINT', stop)
        process.stdout.off('error', stop)
      }
    },
  }
}

/** Whoever reads may have seen enough, as `head` has. That is no failure: what is left to say is not said. */
function ignoreBrokenPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error
}
