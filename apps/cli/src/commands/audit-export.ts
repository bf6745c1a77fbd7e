import { exportJournal } from '@sshmcp/runtime'
import type { Command } from 'commander'
import { type AddCommand, type CommandContext, type GlobalOptions, withExample } from '../command.ts'
import { complainAbout } from '../complain.ts'
import { journalRows } from '../entry-line.ts'
import { exitCode, exitCodeOf } from '../exit-code.ts'
import { onTheRoad, type Road } from '../road.ts'

/** `audit export`: every entry as JSONL on stdout, oldest first, in constant memory. The reading is recorded first. */
export const addAuditExport: AddCommand = (audit, context) => {
  const command = audit
    .command('export')
    .description('write every entry as one line of JSON to stdout, oldest first')
    .action(async (_options: GlobalOptions, self: Command) => {
      context.exit(await exportAll(context, self.optsWithGlobals<GlobalOptions>()))
    })
  withExample(command, 'sshmcp audit export > journal.jsonl')
}

function exportAll(context: CommandContext, options: GlobalOptions): Promise<number> {
  return onTheRoad(context, options, async (road) => {
    // Whoever may not read the journal is refused here, and that an export was made stands in it.
    const reply = await road.call('get_audit_logs', { last_n: 1 })
    if (reply.isError) {
      complainAbout(context.terminal, reply.error)
      return exitCodeOf(reply.error.code)
    }
    const [newest] = journalRows(reply.result)
    await writeUpTo(context, road, newest?.seq ?? -1)
    return exitCode.done
  })
}

async function writeUpTo({ terminal }: CommandContext, { runtime, signal }: Road, last: number): Promise<void> {
  for await (const entry of exportJournal(runtime.config.places)) {
    if (entry.seq > last || signal.aborted) return
    terminal.write(`${JSON.stringify(entry)}\n`)
  }
}
