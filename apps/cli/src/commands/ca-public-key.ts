import { caOverview } from '@sshmcp/runtime'
import type { Command } from 'commander'
import { type AddCommand, type GlobalOptions, withExample } from '../command.ts'
import { deskOf, writeJson } from '../desk.ts'

interface PathOptions extends GlobalOptions {
  readonly path?: boolean
}

/** `ca public-key`: the line for TrustedUserCAKeys, or where it lies. */
export const addCaPublicKey: AddCommand = (ca, context) => {
  const command = ca
    .command('public-key')
    .description('print the public key of the CA, as TrustedUserCAKeys takes it')
    .option('--path', 'print the path of its file instead')
    .action(async (_options: PathOptions, self: Command) => {
      const options = self.optsWithGlobals<PathOptions>()
      const { publicKeyLine, publicKeyPath, fingerprint } = await caOverview(deskOf(context, options))
      if (options.json === true) writeJson(context, { public_key: publicKeyLine, fingerprint, path: publicKeyPath })
      else context.terminal.write(`${options.path === true ? publicKeyPath : publicKeyLine}\n`)
    })
  withExample(command, 'sshmcp ca public-key > sshmcp_user_ca.pub')
}
