import { caOverview, caRevocationList } from '@sshmcp/runtime'
import type { Command } from 'commander'
import { type AddCommand, type GlobalOptions, withExample } from '../command.ts'
import { deskOf, writeJson } from '../desk.ts'

interface PathOptions extends GlobalOptions {
  readonly path?: boolean
}

/** `ca krl`: the revocation list for RevokedKeys, or where it lies. */
export const addCaKrl: AddCommand = (ca, context) => {
  const command = ca
    .command('krl')
    .description('write the key revocation list to stdout, as RevokedKeys takes it')
    .option('--path', 'print the path of its file instead')
    .action(async (_options: PathOptions, self: Command) => {
      const options = self.optsWithGlobals<PathOptions>()
      const desk = deskOf(context, options)
      const bytes = await caRevocationList(desk)
      const { krlPath } = await caOverview(desk)
      if (options.json === true) writeJson(context, { path: krlPath, bytes: bytes.length })
      else if (options.path === true) context.terminal.write(`${krlPath}\n`)
      else context.terminal.writeBytes(bytes)
    })
  withExample(command, 'sshmcp ca krl > sshmcp_revoked')
}
