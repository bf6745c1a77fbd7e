import { initCa } from '@sshmcp/runtime'
import type { Command } from 'commander'
import { caPassphrase } from '../ca-passphrase.ts'
import { type AddCommand, type GlobalOptions, withExample } from '../command.ts'
import { deskOf, writeJson } from '../desk.ts'
import { interruptible } from '../interruptible.ts'

/** `ca init`: makes the CA key, encrypted with a passphrase. */
export const addCaInit: AddCommand = (ca, context) => {
  const command = ca
    .command('init')
    .description('make the CA key, encrypted with a passphrase (typed, or from SSH_MCP_CA_PASSPHRASE_FILE)')
    .action(async (_options: GlobalOptions, self: Command) => {
      const options = self.optsWithGlobals<GlobalOptions>()
      const { terminal } = context
      const desk = deskOf(context, options)
      const made = await interruptible(terminal, (signal) =>
        initCa(desk, () => caPassphrase(terminal, desk, { isNew: true, signal })),
      )
      if (options.json === true) {
        writeJson(context, { fingerprint: made.fingerprint, public_key: made.publicKeyLine, krl_path: made.krlPath })
        return
      }
      terminal.write(`${made.publicKeyLine}\n`)
      terminal.complain(
        `The CA key ${made.fingerprint} is made. Next: \`sshmcp ca bootstrap HOST\` prints the script that makes a host trust it.\n`,
      )
    })
  withExample(command, 'sshmcp ca init')
}
