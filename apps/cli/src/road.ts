import type { OpenedRuntime, Reply } from '@sshmcp/runtime'
import { type CommandContext, type GlobalOptions, openFor } from './command.ts'
import { complainAbout } from './complain.ts'
import { exitCode, exitCodeOf } from './exit-code.ts'
import { jsonText } from './json-text.ts'

type Result = Readonly<Record<string, unknown>>

interface HowToShow {
  /** For a person; left out with `--json`. */
  readonly write: (result: Result) => void
  /** What the result means for a script; 0 when left out. */
  readonly code?: (result: Result) => number
  /** What `--json` prints of it; all of it when left out. */
  readonly json?: (result: Result) => Result
}

/** The road as the person at this terminal travels it. */
export interface Road {
  readonly runtime: OpenedRuntime
  /** Fires on Ctrl-C. */
  readonly signal: AbortSignal
  call(tool: string, args: Readonly<Record<string, unknown>>): Promise<Reply>
  /** Calls and shows: the result as JSON or by `write`, a refusal on stderr. Resolves with the exit code. */
  show(tool: string, args: Readonly<Record<string, unknown>>, how: HowToShow): Promise<number>
}

/** Opens the road for one command and closes it after. */
export async function onTheRoad(
  context: CommandContext,
  options: GlobalOptions,
  work: (road: Road) => Promise<number>,
): Promise<number> {
  const cancel = new AbortController()
  const release = context.terminal.onInterrupt(() => cancel.abort())
  try {
    const runtime = await openFor(context, options)
    try {
      return await work(roadOver(runtime, context, options, cancel.signal))
    } finally {
      await runtime.close()
    }
  } finally {
    release()
  }
}

function roadOver(runtime: OpenedRuntime, context: CommandContext, { json }: GlobalOptions, signal: AbortSignal): Road {
  const { terminal, version } = context
  const client = { name: 'sshmcp', version }
  const { credential } = runtime
  const call: Road['call'] = (tool, args) =>
    runtime.pipeline.call({ tool, args, credential, client, signal, via: 'terminal' })
  const show: Road['show'] = async (tool, args, { write, code, json: pick }) => {
    const reply = await call(tool, args)
    if (json === true) {
      const document = reply.isError ? { error: reply.error } : (pick?.(reply.result) ?? reply.result)
      terminal.write(`${jsonText(document, 2)}\n`)
    }
    if (reply.isError) {
      if (json !== true) complainAbout(terminal, reply.error)
      return exitCodeOf(reply.error.code)
    }
    if (json !== true) write(reply.result)
    return code?.(reply.result) ?? exitCode.done
  }
  return { runtime, signal, call, show }
}
