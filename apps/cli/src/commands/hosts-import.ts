import { join } from 'node:path'
import { printable } from '@sshmcp/kernel'
import { addHostEntries, importSshConfig, journalChange } from '@sshmcp/runtime'
import type { Command } from 'commander'
import { type AddCommand, type CommandContext, type GlobalOptions, withExample } from '../command.ts'
import { deskOf, writeJson } from '../desk.ts'

interface ImportOptions extends GlobalOptions {
  readonly from?: string
}

/** `hosts import`: the hosts of the person's own ssh. What cannot be honoured is said. */
export const addHostsImport: AddCommand = (hosts, context) => {
  const command = hosts
    .command('import')
    .description('take the hosts of ~/.ssh/config; says what cannot be honoured')
    .option('--from <file>', 'another file of the same form')
    .action((_options: ImportOptions, self: Command) => importHosts(context, self.optsWithGlobals<ImportOptions>()))
  withExample(command, 'sshmcp hosts import', 'sshmcp hosts import --from ~/work/ssh_config')
}

/** Imports and tells; also done by `init --from-ssh-config`. @throws CONFIG_INVALID */
export async function importHosts(context: CommandContext, options: ImportOptions): Promise<void> {
  const { terminal } = context
  const desk = deskOf(context, options)
  const file = options.from ?? join(terminal.homeDir, '.ssh/config')
  const found = importSshConfig(file, desk)
  const ids = found.hosts.map(({ host_id }) => host_id)
  if (ids.length > 0) {
    const detail = { from: file, host_ids: ids }
    await journalChange(desk, { command: 'hosts import', detail }, () => addHostEntries(desk, found.hosts))
  }
  if (options.json === true) {
    writeJson(context, { imported: ids, remarks: found.remarks })
    return
  }
  for (const id of ids) terminal.write(`${terminal.colors.green('added')}  ${id}\n`)
  for (const remark of found.remarks) terminal.complain(`${terminal.colors.yellow('note')}   ${printable(remark)}\n`)
  terminal.write(ids.length === 0 ? 'Nothing to add.\n' : 'Next: sshmcp hosts test\n')
}
