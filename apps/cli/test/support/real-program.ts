import { spawn } from 'node:child_process'
import { join } from 'node:path'
import type { Writable } from 'node:stream'

const main = join(import.meta.dirname, '../../src/main.ts')
/** The program from its sources, as a process of its own. */
const programWords = [process.execPath, '--conditions=source', '--disable-warning=ExperimentalWarning', main]

interface Ended {
  readonly code: number | null
  readonly out: string
}

/** Runs the program on a terminal of its own (bsdutils' script), with `typed` coming from its keyboard. */
export function onTerminal(args: readonly string[], env: Readonly<Record<string, string>>, typed: string) {
  return run('script', ['-qec', quoted(args), '/dev/null'], env, typed)
}

/** As {@link onTerminal}, with one answer for each question, typed once the question stands there. */
export function answering(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  answers: readonly (readonly [question: string, answer: string])[],
) {
  const waiting = [...answers]
  return run('script', ['-qec', quoted(args), '/dev/null'], env, (shown, keyboard) => {
    const [question, answer] = waiting[0] ?? []
    if (question === undefined || !shown.includes(question)) return
    waiting.shift()
    keyboard.write(`${answer}\r`)
  })
}

function quoted(args: readonly string[]): string {
  return [...programWords, ...args].map((word) => `'${word}'`).join(' ')
}

/** Runs the program without any terminal: a session of its own, whose stdin is a pipe. */
export function withoutTerminal(args: readonly string[], env: Readonly<Record<string, string>>, stdin = '') {
  return run('setsid', ['-w', ...programWords, ...args], env, stdin)
}

/** Runs the program into a pipe that nobody reads: `true` has ended before the first word. */
export function intoNothing(args: readonly string[], env: Readonly<Record<string, string>>) {
  return run('sh', ['-c', `${quoted(args)} | true`], env, '')
}

function run(
  program: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  typed: string | ((shown: string, keyboard: Writable) => void),
) {
  return new Promise<Ended>((resolve, reject) => {
    const child = spawn(program, [...args], { env: { PATH: process.env.PATH ?? '', SHELL: '/bin/sh', ...env } })
    let out = ''
    child.stdout.on('data', (chunk: Buffer) => {
      out += chunk.toString('utf8')
      if (typeof typed !== 'string') typed(out, child.stdin)
    })
    child.stderr.on('data', (chunk: Buffer) => {
      out += chunk.toString('utf8')
    })
    child.once('error', reject)
    child.once('close', (code) => resolve({ code, out }))
    if (typeof typed === 'string') child.stdin.end(typed)
  })
}
