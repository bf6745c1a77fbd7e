import { kernelErrors } from '@sshmcp/kernel'
import type { Command } from 'commander'
import { type AddCommand, type CommandContext, type GlobalOptions, withExample } from '../command.ts'
import { entryLine, journalRows } from '../entry-line.ts'
import { onTheRoad } from '../road.ts'

interface SearchOptions extends GlobalOptions {
  readonly n: string
  readonly host?: string
  readonly user?: string
  readonly tool?: string
  readonly since?: string
  readonly until?: string
  readonly status?: string
}

/** `audit search`: the newest entries that match, by the filters of `get_audit_logs`, oldest first. */
export const addAuditSearch: AddCommand = (audit, context) => {
  const command = audit
    .command('search')
    .description('show the newest entries that match every filter')
    .option('--host <host>', 'host_id')
    .option('--user <user>', 'user_id')
    .option('--tool <tool>', 'such as run_ssh_command')
    .option('--since <time>', 'a time such as 2026-11-25T08:00:00Z, or from now back: 30m, 24h, 7d')
    .option('--until <time>', 'of the same form')
    .option('--status <status>', 'ok, error, denied, timeout, cancelled, unknown')
    .option('-n <count>', 'how many, at most 500', '50')
    .action(async (_options: SearchOptions, self: Command) => {
      context.exit(await search(context, self.optsWithGlobals<SearchOptions>()))
    })
  withExample(
    command,
    'sshmcp audit search --host web-1 --status denied',
    'sshmcp audit search --tool run_ssh_command --since 24h',
  )
}

function search(context: CommandContext, options: SearchOptions): Promise<number> {
  const { n, host = '', user = '', tool = '', since = '', until = '', status = '' } = options
  const args = { last_n: Number(n), host_id: host, user_id: user, tool, status }
  const times = { since: momentOf(since, '--since'), until: momentOf(until, '--until') }
  const { terminal } = context
  return onTheRoad(context, options, (road) =>
    road.show(
      'get_audit_logs',
      { ...args, ...times },
      {
        write: (result) => {
          const rows = journalRows(result)
          for (const row of rows) terminal.write(`${entryLine(row, terminal.colors)}\n`)
          if (rows.length === 0) terminal.write('Nothing in the journal matches.\n')
        },
      },
    ),
  )
}

const unitMs: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 }

/** A moment as the journal writes it. @throws INPUT_INVALID */
function momentOf(text: string, field: string): string {
  if (text === '') return ''
  const [, count = '', unit = ''] = /^(\d{1,5})([mhd])$/.exec(text) ?? []
  const at = count === '' ? Date.parse(text) : Date.now() - Number(count) * (unitMs[unit] ?? 0)
  if (Number.isFinite(at)) return new Date(at).toISOString()
  throw kernelErrors.error('INPUT_INVALID', {
    message: `${field} ${JSON.stringify(text)} is no time.`,
    next: 'Write a time such as 2026-11-25T08:00:00Z, or one back from now such as 30m, 24h or 7d.',
    field,
  })
}
