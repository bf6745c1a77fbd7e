import type { Command } from 'commander'
import { type AddCommand, type GlobalOptions, withExample } from '../command.ts'
import { exitCode } from '../exit-code.ts'
import { onTheRoad } from '../road.ts'
import { rowsOf } from '../rows.ts'

/** `keys`: public keys that were put on hosts from here. */
export const addKeys: AddCommand = (program, context) => {
  const keys = program.command('keys').description('list and sweep up the public keys that were put on hosts')
  const { terminal } = context
  const list = keys
    .command('list')
    .description('list the keys that are on hosts, with their end')
    .action(async (_options: GlobalOptions, self: Command) => {
      const columns = ['key_id', 'host_id', 'user_name', 'expires_at', 'fingerprint']
      const write = (result: Readonly<Record<string, unknown>>): void =>
        terminal.write(rowsOf(result.keys, columns, 'No key of ours is on a host.'))
      const options = self.optsWithGlobals<GlobalOptions>()
      context.exit(await onTheRoad(context, options, (road) => road.show('list_keys', {}, { write })))
    })
  withExample(list, 'sshmcp keys list')
  const prune = keys
    .command('prune')
    .description('take expired keys out of the authorized_keys files of hosts; nothing else is touched')
    .action(async (_options: GlobalOptions, self: Command) => {
      const write = (result: Readonly<Record<string, unknown>>): void =>
        terminal.write(rowsOf(result.hosts, ['host_id', 'outcome', 'message'], 'No key has expired.'))
      const options = self.optsWithGlobals<GlobalOptions>()
      context.exit(await onTheRoad(context, options, (road) => road.show('prune_keys', {}, { write, code: codeOf })))
    })
  withExample(prune, 'sshmcp keys prune')
}

/** A host that failed keeps its expired lines, which sshd does not take any more; a script is to know. */
function codeOf({ hosts }: Readonly<Record<string, unknown>>): number {
  const outcomes: readonly unknown[] = Array.isArray(hosts) ? hosts : []
  const isFailure = (item: unknown): boolean =>
    typeof item === 'object' && item !== null && 'outcome' in item && item.outcome === 'failed'
  return outcomes.some(isFailure) ? exitCode.failed : exitCode.done
}
