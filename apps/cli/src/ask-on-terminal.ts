import { openSync, writeSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { Writable } from 'node:stream'
import { ReadStream } from 'node:tty'

/**
 * Asks on the terminal that the process belongs to, not on stdin: what a program pipes in is no answer of a person.
 * Undefined when there is no such terminal.
 */
export async function askOnTerminal(question: string, signal?: AbortSignal): Promise<string | undefined> {
  const fd = openTerminal()
  if (fd === undefined) return undefined
  const input = new ReadStream(fd)
  try {
    writeSync(fd, question)
    return await firstLine(input, signal)
  } finally {
    input.destroy()
  }
}

/** As {@link askOnTerminal}, without echo; Ctrl-C and an ended input answer with an empty line. */
export async function askSecretOnTerminal(question: string, signal?: AbortSignal): Promise<string | undefined> {
  const fd = openTerminal()
  if (fd === undefined) return undefined
  const input = new ReadStream(fd)
  try {
    const line = unseenLine(input, signal)
    // Only now: from the question on nothing that is typed is to be seen.
    writeSync(fd, question)
    const typed = await line
    writeSync(fd, '\n')
    return typed
  } finally {
    input.destroy()
  }
}

function openTerminal(): number | undefined {
  try {
    return openSync('/dev/tty', 'r+')
  } catch {
    // Whatever the reason (no terminal, no device, Windows): there is nobody to ask, and the caller says so.
    return undefined
  }
}

/** The line discipline of the terminal does echo and editing: no raw mode, so that nothing has to be put back. */
function firstLine(input: ReadStream, signal: AbortSignal | undefined): Promise<string> {
  return new Promise((resolve) => {
    const lines = createInterface({ input, terminal: false })
    const done = (line: string): void => {
      resolve(line)
      lines.close()
    }
    lines.once('line', done)
    lines.once('close', () => resolve(''))
    input.once('error', () => done(''))
    signal?.addEventListener('abort', () => done(''), { once: true })
  })
}

/** Line editing by readline in raw mode, its echo thrown away. Closing it puts the terminal back as it was. */
function unseenLine(input: ReadStream, signal: AbortSignal | undefined): Promise<string> {
  const output = new Writable({ write: (_chunk, _encoding, done) => done() })
  return new Promise((resolve) => {
    const lines = createInterface({ input, output, terminal: true, historySize: 0 })
    const done = (line: string): void => {
      resolve(line)
      lines.close()
    }
    lines.once('line', done)
    lines.once('SIGINT', () => done(''))
    lines.once('close', () => resolve(''))
    input.once('error', () => done(''))
    signal?.addEventListener('abort', () => done(''), { once: true })
  })
}
