import { type Action, type ActionOf, hostOf, printable, type Risk } from '@sshmcp/kernel'
import { pipelineErrors } from '../errors.ts'
import type { AskPerson } from '../question.ts'
import type { Authorized } from './authorized.ts'
import type { Planned } from './planned.ts'

/**
 * How a person confirms what changes something: `auto` asks through the client's form where it offers one and relies on the
 * client's own prompt where it does not, `elicit` refuses without a form, `client` relies on the prompt.
 */
export type Confirmation = 'auto' | 'client' | 'elicit'

export interface Confirming {
  readonly confirmation: Confirmation
  /** True where the call itself is a person's act: a command typed, a button pressed. */
  readonly isPersonal: boolean
  readonly ask: AskPerson | undefined
  /** Of the call: whoever gave it up while the form was open has not declined. */
  readonly signal: AbortSignal
}

/** A person agreed, as far as that is asked for here. What needs an approval has that instead. */
export class Confirmed<S> {
  readonly authorized: Authorized<S>

  private constructor(authorized: Authorized<S>) {
    this.authorized = authorized
  }

  /** @throws CONFIRMATION_UNAVAILABLE, CONFIRMATION_DECLINED, CALL_CANCELLED */
  static async by<S>(authorized: Authorized<S>, confirming: Confirming): Promise<Confirmed<S>> {
    const { confirmation, isPersonal, ask, signal } = confirming
    const { planned, needsApproval } = authorized
    const isAskedFor = !needsApproval && !isPersonal && confirmation !== 'client' && riskOf(planned) === 'medium'
    if (!isAskedFor || (ask === undefined && confirmation === 'auto')) return new Confirmed(authorized)
    if (ask === undefined) {
      throw pipelineErrors.error('CONFIRMATION_UNAVAILABLE', {
        message: 'This changes something and has to be confirmed in a form, which the client does not offer.',
      })
    }
    const { kind } = await ask({ text: questionOf(planned) })
    if (signal.aborted) throw pipelineErrors.error('CALL_CANCELLED', { message: 'Cancelled while a form was open.' })
    if (kind === 'accept') return new Confirmed(authorized)
    if (kind === 'failed') {
      throw pipelineErrors.error('CONFIRMATION_UNAVAILABLE', {
        message:
          'This changes something and has to be confirmed in a form, which the client offers but could not show.',
        next: 'Use a client that shows forms, or have a person set SSH_MCP_CONFIRMATION to client, whose own prompt then asks.',
      })
    }
    throw pipelineErrors.error('CONFIRMATION_DECLINED', { message: 'The person in front of the client did not agree.' })
  }
}

/** A command is as risky as its template; everything else as its tool. */
function riskOf<S>({ action, tool }: Planned<S>): Risk {
  return 'command' in action ? action.command.risk : tool.risk
}

function questionOf<S>({ action, tool }: Planned<S>): string {
  return [`${tool.title}?`, ...detailsOf(action)].join('\n')
}

function detailsOf(action: Action): readonly string[] {
  const host = hostOf(action)
  const where =
    host === undefined ? [] : [`Host: ${host.hostId} (${printable(`${host.sshUser}@${host.hostname}:${host.port}`)})`]
  if ('command' in action) {
    const { line, stdin } = action.command
    return [...where, `Command: ${printable(line)}`, ...(stdin === '' ? [] : [`Input: ${printable(stdin)}`])]
  }
  if ('localPath' in action) return [...where, ...transferOf(action)]
  if ('remotePath' in action) return [...where, `Path: ${printable(action.remotePath)}`]
  if (action.verb === 'job.cancel') return [`Job: ${printable(action.jobId)}`]
  return where
}

/** Which way it goes, and what may be replaced there, decides whether it does harm. */
function transferOf({
  verb,
  remotePath,
  localPath,
  overwrite,
}: ActionOf<'file.read' | 'file.write'>): readonly string[] {
  const [remote, local] = [printable(remotePath), printable(localPath)]
  const way = verb === 'file.write' ? [`Upload: ${local}`, `To: ${remote}`] : [`Download: ${remote}`, `To: ${local}`]
  return [...way, `Replaces a file of that name: ${overwrite ? 'yes' : 'no'}`]
}
