import { type AuditEntry, followJournal } from '@sshmcp/runtime'
import type { Command } from 'commander'
import { type PendingApproval, pendingIn, pendingLines } from '../approval-lines.ts'
import { type AddCommand, type CommandContext, type GlobalOptions, withExample } from '../command.ts'
import { complainAbout } from '../complain.ts'
import { exitCode, exitCodeOf } from '../exit-code.ts'
import { jsonText } from '../json-text.ts'
import { onTheRoad, type Road } from '../road.ts'

/** `approvals watch`: requests as they arrive, until interrupted. The journal says when to look, so that looking is rare. */
export const addApprovalsWatch: AddCommand = (approvals, context) => {
  const command = approvals
    .command('watch')
    .description('show requests as they arrive, until interrupted')
    .action(async (_options: GlobalOptions, self: Command) => {
      const options = self.optsWithGlobals<GlobalOptions>()
      context.exit(await onTheRoad(context, options, (road) => watch(road, context, options)))
    })
  withExample(command, 'sshmcp approvals watch')
}

async function watch(road: Road, context: CommandContext, options: GlobalOptions): Promise<number> {
  const { terminal } = context
  const seen = new Set<string>()
  // Following begins before the first look: a request that arrives in between is not missed.
  const entries = followJournal(road.runtime.config.places, road.signal)[Symbol.asyncIterator]()
  let next = entries.next()
  if (options.json !== true) terminal.complain('Waiting for requests. Decide them in another terminal; Ctrl-C ends.\n')
  const refused = await showNew(road, context, options, seen)
  if (refused !== undefined) return refused
  for (let entry = await next; entry.done !== true; entry = await next) {
    next = entries.next()
    if (entry.value.kind === 'approval.requested') {
      const code = await showNew(road, context, options, seen)
      if (code !== undefined) return code
    }
    if (entry.value.kind === 'approval.decided') showDecision(entry.value, context, options, seen)
  }
  return exitCode.done
}

/** Shows what was not shown before; the exit code when looking is refused. */
async function showNew(
  road: Road,
  { terminal }: CommandContext,
  { json }: GlobalOptions,
  seen: Set<string>,
): Promise<number | undefined> {
  const reply = await road.call('list_pending_approvals', {})
  if (reply.isError) {
    complainAbout(terminal, reply.error)
    return exitCodeOf(reply.error.code)
  }
  for (const approval of pendingIn(reply.result).filter(({ request_id }) => !seen.has(request_id))) {
    seen.add(approval.request_id)
    terminal.write(json === true ? line(approval) : pendingLines(approval, terminal.colors))
  }
  return undefined
}

function showDecision(
  { approval_request_id: id = '', user_id, detail }: AuditEntry,
  { terminal }: CommandContext,
  { json }: GlobalOptions,
  seen: ReadonlySet<string>,
): void {
  if (!seen.has(id)) return
  const verdict = verdictIn(detail)
  if (json === true) terminal.write(line({ request_id: id, verdict, decided_by: user_id }))
  else terminal.write(`${id}  ${verdict} by ${user_id ?? 'nobody known'}\n`)
}

function verdictIn(detail: AuditEntry['detail']): string {
  if (typeof detail !== 'object' || detail === null || !('verdict' in detail)) return 'decided'
  return String(detail.verdict)
}

function line(document: PendingApproval | object): string {
  return `${jsonText(document)}\n`
}
