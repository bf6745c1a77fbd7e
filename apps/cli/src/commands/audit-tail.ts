import { kernelErrors } from '@sshmcp/kernel'
import { type AuditEntry, followJournal } from '@sshmcp/runtime'
import type { Command } from 'commander'
import { type AddCommand, type CommandContext, type GlobalOptions, withExample } from '../command.ts'
import { complainAbout } from '../complain.ts'
import { entryLine, type JournalRow } from '../entry-line.ts'
import { exitCode, exitCodeOf } from '../exit-code.ts'
import { jsonText } from '../json-text.ts'
import { onTheRoad } from '../road.ts'

interface TailOptions extends GlobalOptions {
  readonly n: string
  readonly follow?: boolean
}

/** `audit tail`: the newest entries, read on the same road as a tool reads them, so that the reading is recorded too. */
export const addAuditTail: AddCommand = (audit, context) => {
  const command = audit
    .command('tail')
    .description('show the newest entries of the journal')
    .option('-n <count>', 'how many, at most 500', '20')
    .option('--follow', 'go on with new entries until interrupted')
    .action(async (_options: TailOptions, self: Command) => {
      context.exit(await tail(context, self.optsWithGlobals<TailOptions>()))
    })
  withExample(command, 'sshmcp audit tail -n 50', 'sshmcp audit tail --follow')
}

function tail(context: CommandContext, options: TailOptions): Promise<number> {
  const lastN = count(options.n)
  return onTheRoad(context, options, async ({ call, runtime, signal }) => {
    const reply = await call('get_audit_logs', { last_n: lastN })
    if (reply.isError) {
      complainAbout(context.terminal, reply.error)
      return exitCodeOf(reply.error.code)
    }
    const { events } = reply.result
    for (const event of Array.isArray(events) ? events : []) show(context, options, event)
    if (options.follow === true) await follow(context, options, followJournal(runtime.config.places, signal))
    return exitCode.done
  })
}

async function follow(
  context: CommandContext,
  options: TailOptions,
  entries: AsyncIterable<AuditEntry>,
): Promise<void> {
  for await (const entry of entries) show(context, options, entry)
}

function show({ terminal }: CommandContext, { json }: TailOptions, row: JournalRow): void {
  terminal.write(json === true ? `${jsonText(row)}\n` : `${entryLine(row, terminal.colors)}\n`)
}

function count(text: string): number {
  const number = Number(text)
  if (Number.isInteger(number) && number >= 1 && number <= 500) return number
  throw kernelErrors.error('INPUT_INVALID', {
    message: `-n ${JSON.stringify(text)} is not a whole number from 1 to 500.`,
    field: '-n',
  })
}
