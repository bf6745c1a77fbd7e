import type { Command } from 'commander'
import { pendingIn, pendingLines } from '../approval-lines.ts'
import { type AddCommand, type GlobalOptions, withExample } from '../command.ts'
import { onTheRoad } from '../road.ts'

/** `approvals list`: the requests that wait for a decision, as far as this identity may see them. */
export const addApprovalsList: AddCommand = (approvals, context) => {
  const { terminal } = context
  const command = approvals
    .command('list')
    .description('list the requests that wait for a decision')
    .action(async (_options: GlobalOptions, self: Command) => {
      const write = (result: Readonly<Record<string, unknown>>): void => {
        const pending = pendingIn(result)
        if (pending.length === 0) terminal.write('Nothing waits for a decision.\n')
        for (const approval of pending) terminal.write(pendingLines(approval, terminal.colors))
      }
      const code = await onTheRoad(context, self.optsWithGlobals<GlobalOptions>(), (road) =>
        road.show('list_pending_approvals', {}, { write }),
      )
      context.exit(code)
    })
  withExample(command, 'sshmcp approvals list')
}
