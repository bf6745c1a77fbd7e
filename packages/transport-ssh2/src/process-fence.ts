import type { LoginShell } from '@sshmcp/transport'

/** A command line that first tells the process id of the shell that runs it, on a line that cannot be foretold. */
export interface FencedLine {
  readonly line: string
  readonly marker: string
}

/**
 * Puts the process id before the command. sshd gives the login shell the line; what follows the first `;` is the line as it
 * was authorised, byte for byte, in the same shell.
 *
 * @param shell undefined while it has not been learnt: then a child `sh` reports its parent, which means the same in every
 * shell, and names the login shell as well
 */
export function fence(line: string, marker: string, shell: LoginShell | undefined): FencedLine {
  const report =
    shell?.family === 'posix'
      ? `echo ${marker} $$`
      : shell?.family === 'fish'
        ? `echo ${marker} $fish_pid`
        : `sh -c 'echo ${marker} $PPID "$SHELL"'`
  return { line: `${report}; ${line}`, marker }
}

/** What the fenced line said. */
export interface FenceReport {
  /** Undefined when what the host reported is no process id. */
  readonly pid: string | undefined
  /** The login shell's path, where it was asked; else ''. */
  readonly shellPath: string
}

/** How far into the output the report is looked for: start-up files may print before it. */
const searchLimit = 65_536
/** The report is one line; a longer one is none. */
const longestReport = 512

/** Takes the report out of the standard output as it arrives; everything else passes unchanged. */
export class FenceReader {
  readonly #marker: Buffer
  readonly #onReport: (report: FenceReport) => void
  #held: Buffer = Buffer.alloc(0)
  #passed = 0
  #isDone = false

  constructor(marker: string, onReport: (report: FenceReport) => void) {
    this.#marker = Buffer.from(`${marker} `)
    this.#onReport = onReport
  }

  /** Returns what belongs to the command (or to what ran before it). */
  take(chunk: Buffer): Buffer {
    if (this.#isDone) return chunk
    const bytes = this.#held.length === 0 ? chunk : Buffer.concat([this.#held, chunk])
    this.#held = Buffer.alloc(0)
    const start = bytes.indexOf(this.#marker)
    if (start < 0) return this.#pass(bytes)
    const end = bytes.indexOf(0x0a, start)
    if (end < 0 && bytes.length - start < longestReport) {
      this.#held = bytes.subarray(start)
      return bytes.subarray(0, start)
    }
    this.#isDone = true
    if (end < 0) return bytes
    this.#onReport(parseReport(bytes.subarray(start + this.#marker.length, end).toString('latin1')))
    return Buffer.concat([bytes.subarray(0, start), bytes.subarray(end + 1)])
  }

  /** What was still held back when the output ended. */
  end(): Buffer {
    this.#isDone = true
    const rest = this.#held
    this.#held = Buffer.alloc(0)
    return rest
  }

  #pass(bytes: Buffer): Buffer {
    this.#passed += bytes.length
    if (this.#passed > searchLimit) {
      this.#isDone = true
      return bytes
    }
    const kept = overlap(bytes, this.#marker)
    this.#held = bytes.subarray(bytes.length - kept)
    this.#passed -= kept
    return bytes.subarray(0, bytes.length - kept)
  }
}

/** How many bytes at the end of `bytes` could be the beginning of `marker`. */
function overlap(bytes: Buffer, marker: Buffer): number {
  for (let length = Math.min(bytes.length, marker.length - 1); length > 0; length--) {
    if (bytes.subarray(bytes.length - length).equals(marker.subarray(0, length))) return length
  }
  return 0
}

/** The host's word: only digits that can be one process, so that no signal can ever go to `-1`, to 0 or to init. */
function parseReport(text: string): FenceReport {
  const [pid = '', ...rest] = text.trimEnd().split(' ')
  return { pid: /^[1-9][0-9]{1,6}$/.test(pid) ? pid : undefined, shellPath: rest.join(' ') }
}
