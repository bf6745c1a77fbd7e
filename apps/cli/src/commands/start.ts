import { kernelErrors, nearest } from '@sshmcp/kernel'
import { runStdio } from '@sshmcp/mcp'
import { openRuntime } from '@sshmcp/runtime'
import type { Command } from 'commander'
import { type AddCommand, type GlobalOptions, surroundingsOf } from '../command.ts'

/** Without a command: the stdio server, as editors start it. */
export const addStart: AddCommand = (program, context) => {
  const { terminal, version } = context
  const log = (line: string): void => terminal.complain(`sshmcp: ${line}\n`)
  program.allowExcessArguments().action(async (options: GlobalOptions, self: Command) => {
    refuseUnknownCommand(self)
    const surroundings = surroundingsOf(context, options)
    context.exit(
      await runStdio({
        version,
        log,
        async open() {
          const runtime = await openRuntime(surroundings, { version, log, adapters: context.adapters })
          if (terminal.isInteractive) log(forPeople)
          return runtime
        },
      }),
    )
  })
}

/** Somebody who types the name alone would wait for it, while it waits for an editor. */
const forPeople =
  'This is the server: it waits for an editor on stdin. Ctrl-C ends it; `sshmcp --help` has the commands for people.'

/** A word that is no command must not start a server that then waits for an editor. @throws INPUT_INVALID */
function refuseUnknownCommand(program: Command): void {
  const [word] = program.args
  if (word === undefined) return
  const candidates = nearest(
    word,
    program.commands.map((command) => command.name()),
  )
  const next = candidates.length === 0 ? 'See sshmcp --help.' : `Did you mean sshmcp ${candidates.join(' or ')}?`
  throw kernelErrors.error('INPUT_INVALID', {
    message: `There is no command ${JSON.stringify(word)}.`,
    next,
    candidates,
  })
}
