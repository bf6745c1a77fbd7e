import { revokeIdentity } from '@sshmcp/runtime'
import type { Command } from 'commander'
import { type AddCommand, type CommandContext, type GlobalOptions, withExample } from '../command.ts'
import { deskOf, writeJson } from '../desk.ts'

/** `identities revoke`: the token ends at once, in running servers too. */
export const addIdentitiesRevoke: AddCommand = (identities, context) => {
  const command = identities
    .command('revoke <user>')
    .description('take an identity away; its token ends at once, in running servers too')
    .action((user: string, _options: GlobalOptions, self: Command) =>
      revoke(context, user, self.optsWithGlobals<GlobalOptions>()),
    )
  withExample(command, 'sshmcp identities revoke alice')
}

async function revoke(context: CommandContext, userId: string, options: GlobalOptions): Promise<void> {
  const { left } = await revokeIdentity(deskOf(context, options), userId)
  if (options.json === true) return writeJson(context, { user_id: userId, revoked: true, identities_left: left })
  context.terminal.write(`${userId} is revoked.\n`)
  if (left === 0) {
    context.terminal.complain(
      'That was the last identity: started from now on, servers and commands are in local mode again, with all roles and no token.\n',
    )
  }
}
