import { runtimeErrors } from '@sshmcp/runtime'
import type { Command } from 'commander'
import { type AddCommand, type CommandContext, type GlobalOptions, withExample } from '../command.ts'
import { exitCode } from '../exit-code.ts'
import { onTheRoad, type Road } from '../road.ts'

interface ApproveOptions extends GlobalOptions {
  readonly code?: boolean
}

interface DenyOptions extends GlobalOptions {
  readonly reason: string
}

type Result = Readonly<Record<string, unknown>>

/** `approvals approve` and `approvals deny`: a person's decision. There is no `--yes`. */
export const addApprovalsDecide: AddCommand = (approvals, context) => {
  const approve = approvals
    .command('approve <id>')
    .description('show exactly what would happen, and approve it by typing its host_id')
    .option('--code', 'approve by a one-time code, which takes effect when it is typed into the chat')
    .action(async (id: string, _options: ApproveOptions, self: Command) => {
      const options = self.optsWithGlobals<ApproveOptions>()
      context.exit(await onTheRoad(context, options, (road) => approveOn(road, context, id, options)))
    })
  withExample(approve, 'sshmcp approvals approve apr_01J9ZK', 'sshmcp approvals approve apr_01J9ZK --code')
  const deny = approvals
    .command('deny <id>')
    .description('deny a request; that is final')
    .requiredOption('--reason <text>', 'what the requester is told')
    .action(async (id: string, _options: DenyOptions, self: Command) => {
      const options = self.optsWithGlobals<DenyOptions>()
      const decision = { verdict: 'deny', reason: options.reason }
      context.exit(await onTheRoad(context, options, (road) => decide(road, context, id, decision)))
    })
  withExample(deny, 'sshmcp approvals deny apr_01J9ZK --reason "not during business hours"')
}

async function approveOn(road: Road, context: CommandContext, id: string, options: ApproveOptions): Promise<number> {
  const { terminal } = context
  const shown = await road.call('show_approval', { request_id: id })
  // The refusal is shown in the form that was asked for.
  if (shown.isError) return road.show('show_approval', { request_id: id }, { write: () => {} })
  const { text, status, typed_word: word } = shown.result
  if (status !== 'pending') {
    terminal.complain(`${id} is ${String(status)}: there is nothing to decide.\n`)
    return exitCode.refused
  }
  // The operation goes to the terminal that the word is read from: a redirection cannot hide what is approved.
  const typed = await terminal.ask(`${String(text)}\n${whatToType(String(word))}`, road.signal)
  if (typed === undefined) {
    throw runtimeErrors.error('TERMINAL_REQUIRED', {
      message: 'An approval is typed by a person at a terminal, and this process has none. Nothing was approved.',
    })
  }
  const decision = { verdict: 'approve', typed_word: typed.trim(), as_code: options.code === true }
  return decide(road, context, id, decision)
}

function whatToType(word: string): string {
  return `Type ${word} to approve exactly this; anything else leaves it pending: `
}

function decide(road: Road, { terminal }: CommandContext, id: string, decision: object): Promise<number> {
  const write = (result: Result): void => {
    terminal.write(result.code === undefined ? `${id} is ${String(result.status)}.\n` : codeText(result))
  }
  return road.show('decide_approval', { request_id: id, decision }, { write, json: jsonOf })
}

/** A code is what was asked for; otherwise the decision as it stands. */
function jsonOf(result: Result): Result {
  const { request_id, code, expires_at } = result
  return code === undefined ? result : { request_id, code, expires_at }
}

function codeText({ code, expires_at: until }: Result): string {
  return `Code: ${String(code)}\nIt is good once, until ${String(until)}. Give it to the person who asked; it takes effect when it is typed into their chat.\n`
}
