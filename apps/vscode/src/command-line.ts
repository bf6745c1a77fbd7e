import { execFile } from 'node:child_process'

/** A program to start, with all it needs. */
export interface Invocation {
  readonly command: string
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string>>
}

/** What a program printed. */
interface Printed {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

export type RunProgram = (invocation: Invocation) => Promise<Printed>

/** The bundled `sshmcp`, as the person who decides. */
export interface CommandLine {
  /** How a terminal starts it. */
  invocation(...args: readonly string[]): Promise<Invocation>
  /** The document that it prints with `--json`. @throws CommandFailed with its own words */
  json(...args: readonly string[]): Promise<Readonly<Record<string, unknown>>>
}

/** The command line refused or failed; the message is its own. */
class CommandFailed extends Error {}

/** Where the command line is and who it acts as, asked at each use. */
export type Describe = () => Promise<{
  readonly node: string
  readonly script: string
  readonly env: Readonly<Record<string, string>>
}>

export function createCommandLine(describe: Describe, run: RunProgram): CommandLine {
  const invocation = async (...args: readonly string[]): Promise<Invocation> => {
    const { node, script, env } = await describe()
    return { command: node, args: [script, ...args], env }
  }
  return {
    invocation,
    json: async (...args) => {
      const { code, stdout, stderr } = await run(await invocation('--json', ...args))
      if (code !== 0) throw new CommandFailed(stderr.trim() || `sshmcp ended with ${code}`)
      return documentIn(stdout)
    },
  }
}

function documentIn(text: string): Readonly<Record<string, unknown>> {
  const document: unknown = JSON.parse(text)
  if (typeof document !== 'object' || document === null) throw new CommandFailed('sshmcp printed no document')
  return Object.fromEntries(Object.entries(document))
}

/** Runs a program to its end, with the editor's environment under its own. */
export const runProgram: RunProgram = ({ command, args, env }) =>
  new Promise((resolve) => {
    execFile(
      command,
      [...args],
      { env: { ...process.env, ...env }, timeout: 60_000, maxBuffer: 1 << 24 },
      (error, stdout, stderr) => {
        const code = error === null ? 0 : typeof error.code === 'number' ? error.code : 1
        resolve({ code, stdout, stderr: stderr === '' && error !== null ? error.message : stderr })
      },
    )
  })
