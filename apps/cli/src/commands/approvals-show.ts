import type { Command } from 'commander'
import { type AddCommand, type GlobalOptions, withExample } from '../command.ts'
import { onTheRoad } from '../road.ts'

/** `approvals show`: the exact operation, complete and escaped. */
export const addApprovalsShow: AddCommand = (approvals, context) => {
  const command = approvals
    .command('show <id>')
    .description('show exactly what a request would do')
    .action(async (id: string, _options: GlobalOptions, self: Command) => {
      const write = (result: Readonly<Record<string, unknown>>): void => {
        context.terminal.write(`${String(result.text)}\nstatus ${String(result.status)}\n`)
      }
      const code = await onTheRoad(context, self.optsWithGlobals<GlobalOptions>(), (road) =>
        road.show('show_approval', { request_id: id }, { write }),
      )
      context.exit(code)
    })
  withExample(command, 'sshmcp approvals show apr_01J9ZK')
}
