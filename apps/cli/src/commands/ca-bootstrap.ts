import type { Command } from 'commander'
import { type AddCommand, type GlobalOptions, withExample } from '../command.ts'
import { onTheRoad } from '../road.ts'

/** `ca bootstrap`: the script that makes a host trust the CA, for a person to run there as root. */
export const addCaBootstrap: AddCommand = (ca, context) => {
  const command = ca
    .command('bootstrap <host>')
    .description('print the script that makes a host trust this CA; run it there as root within 15 minutes')
    .action(async (host: string, _options: GlobalOptions, self: Command) => {
      const write = ({ script }: Readonly<Record<string, unknown>>): void => context.terminal.write(String(script))
      context.exit(
        await onTheRoad(context, self.optsWithGlobals<GlobalOptions>(), (road) =>
          road.show('bootstrap_host', { host_id: host }, { write }),
        ),
      )
    })
  withExample(command, 'sshmcp ca bootstrap web-1 | ssh root@web-1 sh')
}
