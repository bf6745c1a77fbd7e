import type { Command } from 'commander'
import { type AddCommand, type GlobalOptions, withExample } from '../command.ts'
import { onTheRoad } from '../road.ts'
import { rowsOf } from '../rows.ts'

/** `ca list`: what was issued, and what of it was revoked. */
export const addCaList: AddCommand = (ca, context) => {
  const command = ca
    .command('list')
    .description('list the certificates that were issued, and which of them were revoked')
    .action(async (_options: GlobalOptions, self: Command) => {
      const columns = ['cert_id', 'user_id', 'principals', 'expires_at', 'revoked'] as const
      const write = (result: Readonly<Record<string, unknown>>): void =>
        context.terminal.write(rowsOf(marked(result.certificates), columns, 'No certificate was issued yet.'))
      context.exit(
        await onTheRoad(context, self.optsWithGlobals<GlobalOptions>(), (road) =>
          road.show('list_certificates', {}, { write }),
        ),
      )
    })
  withExample(command, 'sshmcp ca list')
}

/** A date more in the line would look like another end: the word goes with it. */
function marked(certificates: unknown): readonly unknown[] {
  const list: readonly unknown[] = Array.isArray(certificates) ? certificates : []
  return list.map((item) =>
    typeof item === 'object' && item !== null && 'revoked_at' in item
      ? { ...item, revoked: `revoked ${String(item.revoked_at)}` }
      : item,
  )
}
