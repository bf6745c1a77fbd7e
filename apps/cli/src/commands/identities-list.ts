import { printable, rfc3339, systemClock } from '@sshmcp/kernel'
import { listIdentities } from '@sshmcp/runtime'
import type { Command } from 'commander'
import { type AddCommand, type CommandContext, type GlobalOptions, withExample } from '../command.ts'
import { deskOf, writeJson } from '../desk.ts'

/** `identities list`: names, roles and ends; never a token or its digest. */
export const addIdentitiesList: AddCommand = (identities, context) => {
  const command = identities
    .command('list')
    .description('list the identities')
    .action((_options: GlobalOptions, self: Command) => list(context, self.optsWithGlobals<GlobalOptions>()))
  withExample(command, 'sshmcp identities list')
}

function list(context: CommandContext, options: GlobalOptions): void {
  const { terminal } = context
  const entries = listIdentities(deskOf(context, options)).map(({ userId, displayName, roles, expiresAtMs }) => ({
    user_id: userId,
    display_name: displayName,
    roles: [...roles],
    ...(expiresAtMs === undefined
      ? {}
      : { expires_at: rfc3339(expiresAtMs), is_expired: expiresAtMs <= systemClock.now() }),
  }))
  if (options.json === true) {
    writeJson(context, { identities: entries })
    return
  }
  if (entries.length === 0) {
    terminal.write(`There is no identity: whoever runs a command is local:${terminal.login}, with all roles.\n`)
  }
  for (const { user_id, display_name, roles, expires_at, is_expired } of entries) {
    const end = expires_at === undefined ? '' : is_expired ? `  expired ${expires_at}` : `  until ${expires_at}`
    const name = display_name === user_id ? '' : `  ${printable(display_name)}`
    terminal.write(`${user_id}${name}  ${roles.join(', ')}${end}\n`)
  }
}
