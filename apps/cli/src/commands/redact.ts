import { openRedactor } from '@sshmcp/runtime'
import type { Command } from 'commander'
import { type AddCommand, type CommandContext, type GlobalOptions, withExample } from '../command.ts'
import { deskOf } from '../desk.ts'

/** `redact`: stdin to stdout with secrets masked, as it arrives; a summary on stderr. */
export const addRedact: AddCommand = (program, context) => {
  const command = program
    .command('redact')
    .description('copy stdin to stdout with secrets masked; what was found is summed up on stderr')
    .action(async (_options: GlobalOptions, self: Command) => {
      await redact(context, self.optsWithGlobals<GlobalOptions>())
    })
  withExample(command, 'journalctl -u app | sshmcp redact > app.log', 'sshmcp redact < .env')
}

async function redact(context: CommandContext, options: GlobalOptions): Promise<void> {
  const { terminal } = context
  const stream = openRedactor(deskOf(context, options).places).stream()
  const decoder = new TextDecoder()
  for await (const chunk of terminal.input) terminal.write(stream.write(decoder.decode(chunk, { stream: true })))
  terminal.write(stream.write(decoder.decode()) + stream.end())
  const found = Object.entries(stream.findings)
  if (options.json === true) {
    // Stdout is the text, so the one document goes where the summary goes.
    terminal.complain(`${JSON.stringify({ redactions: stream.findings }, null, 2)}\n`)
    return
  }
  const sum = found.reduce((total, [, count]) => total + count, 0)
  const rules = found.map(([rule, count]) => `${rule} ${count}`).join(', ')
  terminal.complain(sum === 0 ? 'No secrets found.\n' : `${sum} masked: ${rules}\n`)
}
