import { parseEnvironment, placesOf, verifyJournal } from '@sshmcp/runtime'
import { type Command, Option } from 'commander'
import { type AddCommand, type CommandContext, type GlobalOptions, surroundingsOf, withExample } from '../command.ts'
import { exitCode } from '../exit-code.ts'
import { progressBar } from '../progress-bar.ts'

interface VerifyOptions extends GlobalOptions {
  readonly require?: 'signed' | 'anchored'
}

/** `audit verify`: 0 when the journal is whole, 3 when it is not, naming the first bad entry. Needs no identity. */
export const addAuditVerify: AddCommand = (audit, context) => {
  const command = audit
    .command('verify')
    .description('check the whole journal: exit code 0, or 3 naming the first bad entry')
    .addOption(new Option('--require <level>', 'what the proof must rest on').choices(['signed', 'anchored']))
    .action(async (_options: VerifyOptions, self: Command) => {
      context.exit(await verify(context, self.optsWithGlobals<VerifyOptions>()))
    })
  withExample(command, 'sshmcp audit verify --require signed')
}

async function verify(context: CommandContext, options: VerifyOptions): Promise<number> {
  const { env, configDir, homeDir, cwd } = surroundingsOf(context, options)
  const bar = progressBar(context.terminal)
  const places = placesOf(parseEnvironment(env), configDir, homeDir, cwd)
  const { report, summary } = await verifyJournal(places, options.require, bar?.show).finally(() => bar?.end())
  const { write, colors } = context.terminal
  if (options.json === true) write(`${JSON.stringify({ ...report, summary }, null, 2)}\n`)
  else {
    write(`${report.isEnough ? colors.green(summary) : colors.red(summary)}\n`)
    if (report.isIntact && !report.isEnough) write(`That is less than --require ${options.require} asks for.\n`)
  }
  return report.isEnough ? exitCode.done : exitCode.refused
}
