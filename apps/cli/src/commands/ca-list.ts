import type { Command } from 'commander'
import { type AddCommand, type GlobalOptions, withExample } from '../command.ts'
import { onTheRoad } from '../road.ts'
import { rowsOf } from '../rows.ts'

/** `ca list`: what was issued. */
export const addCaList: AddCommand = (ca, context) => {
  const command = ca
    .command('list')
    .description('list the certificates that were issued')
    .action(async (_options: GlobalOptions, self: Command) => {
      const columns = ['cert_id', 'user_id', 'principals', 'expires_at'] as const
      const write = (result: Readonly<Record<string, unknown>>): void =>
        context.terminal.write(rowsOf(result.certificates, columns, 'No certificate was issued yet.'))
      context.exit(
        await onTheRoad(context, self.optsWithGlobals<GlobalOptions>(), (road) =>
          road.show('list_certificates', {}, { write }),
        ),
      )
    })
  withExample(command, 'sshmcp ca list')
}
