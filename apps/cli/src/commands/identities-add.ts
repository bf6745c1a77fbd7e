import { addIdentity } from '@sshmcp/runtime'
import type { Command } from 'commander'
import { type AddCommand, type CommandContext, type GlobalOptions, withExample } from '../command.ts'
import { deskOf, writeJson } from '../desk.ts'

interface AddOptions extends GlobalOptions {
  readonly roles?: string
  readonly displayName?: string
  readonly expires?: string
  readonly rotate?: boolean
}

/** `identities add`: prints the token, this once. */
export const addIdentitiesAdd: AddCommand = (identities, context) => {
  const command = identities
    .command('add <user>')
    .description('add an identity and print its token, this once')
    .option('--roles <names>', 'developer, operator, admin, auditor; comma between')
    .option('--display-name <name>', 'as people know them')
    .option('--expires <when>', 'a date, or a time from now such as 30d')
    .option('--rotate', 'give an identity that exists a new token; the old one ends at once')
    .action(async (user: string, _options: AddOptions, self: Command) => {
      await add(context, user, self.optsWithGlobals<AddOptions>())
    })
  withExample(command, 'sshmcp identities add alice --roles operator', 'sshmcp identities add alice --rotate')
}

async function add(context: CommandContext, userId: string, options: AddOptions): Promise<void> {
  const { roles: names, displayName, expires, rotate = false } = options
  const wanted = names?.split(',').map((name) => name.trim())
  const made = await addIdentity(deskOf(context, options), { userId, roles: wanted, displayName, expires, rotate })
  const { roles, token, expiresAt, isFirst } = made
  if (options.json === true) {
    writeJson(context, { user_id: userId, roles, token, ...(expiresAt ? { expires_at: expiresAt } : {}) })
    return
  }
  const { terminal } = context
  terminal.write(`${token}\n`)
  terminal.complain(
    [
      `This is the token of ${userId} (${roles.join(', ')}${expiresAt ? `, until ${expiresAt}` : ''}). It is shown this once; only its SHA-256 is kept.`,
      'Put it into a file of theirs (mode 0600) and name that in SSH_MCP_AUTH_TOKEN_FILE.',
      ...(isFirst
        ? ['This is the first identity: from now on every server and every command that acts needs a token.']
        : []),
      '',
    ].join('\n'),
  )
}
