import { runStdio } from '@sshmcp/mcp'
import { openRuntime } from '@sshmcp/runtime'
import { type AddCommand, type GlobalOptions, surroundingsOf } from '../command.ts'

/** Without a command: the stdio server, as editors start it. */
export const addStart: AddCommand = (program, context) => {
  const { terminal, version } = context
  const log = (line: string): void => terminal.complain(`sshmcp: ${line}\n`)
  program.action(async (options: GlobalOptions) => {
    const surroundings = surroundingsOf(context, options)
    context.exit(await runStdio({ version, log, open: () => openRuntime(surroundings, { version, log }) }))
  })
}
