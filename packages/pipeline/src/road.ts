import { type Action, atLeast, type Principal, type Risk, reachOf, type SshMcpError } from '@sshmcp/kernel'
import { pipelineErrors } from './errors.ts'
import type { CallRequest, RoadDeps } from './pipeline-deps.ts'
import type { CallOutcome, CallRecord, CallStatus, Journal } from './ports.ts'
import { asCodedError, type Reply, replyError, replyMeta } from './reply.ts'
import { Admitted } from './stages/admitted.ts'
import { Approved } from './stages/approved.ts'
import { Authenticated } from './stages/authenticated.ts'
import { Authorized } from './stages/authorized.ts'
import { Confirmed } from './stages/confirmed.ts'
import { Parsed } from './stages/parsed.ts'
import { Planned } from './stages/planned.ts'
import { Recorded } from './stages/recorded.ts'
import type { ResultNote, SealedTool } from './tool.ts'

/** One call on its way from credential to reply. What is known so far is what the journal gets if it ends here. */
export class Road<S> {
  readonly #deps: RoadDeps<S>
  readonly #request: CallRequest
  readonly #operationId: string
  readonly #startedAt: number
  #principal: Principal | undefined
  #tool: SealedTool<S> | undefined
  #action: Action | undefined
  #approvalRequestId: string | undefined
  #recorded: Recorded<S> | undefined

  constructor(deps: RoadDeps<S>, request: CallRequest) {
    this.#deps = deps
    this.#request = request
    this.#operationId = deps.ids.next('op')
    this.#startedAt = deps.clock.monotonic()
  }

  async travel(): Promise<Reply> {
    let release = (): void => undefined
    try {
      const admitted = await this.#admit()
      release = admitted.release
      const approved = await this.#approve(admitted)
      this.#recorded = await Recorded.intent(this.#deps.journal, approved, this.#record())
      const { result, note } = await this.#execute(this.#recorded)
      return await this.#succeed(result, note)
    } catch (thrown) {
      return await this.#fail(asCodedError(thrown))
    } finally {
      release()
    }
  }

  async #admit(): Promise<Admitted<S>> {
    const { authenticate, byName, limits } = this.#deps
    const { credential, client, tool: name, args, signal, via } = this.#request
    const caller = await Authenticated.by(authenticate, credential, client)
    this.#principal = caller.principal
    const tool = byName.get(name)
    // To a model the tools of people are not there at all.
    this.#tool = tool?.surface === 'person' && via === 'model' ? undefined : tool
    if (this.#tool === undefined)
      throw pipelineErrors.error('INPUT_TOOL_UNKNOWN', {
        message: `There is no tool ${JSON.stringify(name.slice(0, 80))}.`,
      })
    const parsed = Parsed.from(caller, this.#tool, args)
    this.#approvalRequestId = parsed.prepared.approvalRequestId
    return Admitted.by(limits, parsed, signal)
  }

  async #approve(admitted: Admitted<S>): Promise<Approved<S>> {
    const planned = Planned.from(admitted, this.#deps.planner(admitted.parsed.caller.principal))
    this.#action = planned.action
    const authorized = Authorized.check(planned, this.#deps.rules)
    const { ask, via, signal } = this.#request
    const confirming = { confirmation: this.#deps.confirmation, isPersonal: via !== 'model', ask, signal }
    const confirmed = await Confirmed.by(authorized, confirming)
    await this.#lookAgain(planned)
    const approved = await Approved.by(this.#deps.gate, confirmed, this.#operationId)
    if (this.#request.signal.aborted)
      throw pipelineErrors.error('CALL_CANCELLED', { message: 'The call was cancelled.' })
    return approved
  }

  /** A place was waited for, or a person in front of a form for minutes: who was revoked meanwhile does nothing any more. */
  async #lookAgain(planned: Planned<S>): Promise<void> {
    if (reachOf(planned.action.verb) === 'nothing') return
    const { authenticate, rules } = this.#deps
    const { principal } = await Authenticated.by(authenticate, this.#request.credential, this.#request.client)
    Authorized.check(planned, rules, principal)
  }

  #execute(recorded: Recorded<S>) {
    const { principal } = recorded.approved.planned.caller
    const operationId = this.#operationId
    const caller = {
      principal,
      via: this.#request.via,
      operationId,
      tool: this.#request.tool,
      approvalRequestId: recorded.approved.approval?.requestId,
    }
    return recorded.execute((hooks) => this.#deps.bind(caller, hooks), {
      ask: this.#request.ask,
      signal: this.#request.signal,
      progress: (done, total, text) => this.#request.progress?.(done, total, this.#deps.redactor.text(text)),
    })
  }

  async #succeed(result: Record<string, unknown>, note: ResultNote): Promise<Reply> {
    const outcome: CallOutcome = { ...this.#outcome(note.status), detail: note.detail }
    const isComplete = await this.#close(outcome)
    const redacted = this.#deps.redactor.value(result)
    return {
      isError: false,
      result: { ...redacted, audit_id: this.#operationId, ...(isComplete ? {} : { audit_complete: false }) },
      meta: this.#meta(),
    }
  }

  /** Intent and outcome, or one record. @throws AUDIT_UNAVAILABLE when a reading cannot be recorded */
  async #close(outcome: CallOutcome): Promise<boolean> {
    if (this.#hasIntent()) return this.#afterwards((journal) => journal.outcome(this.#record(), outcome))
    await this.#deps.journal.single(this.#record(), outcome)
    return true
  }

  /** Writes about what is over. A failure cannot undo it, so it is told, not thrown. */
  async #afterwards(write: (journal: Journal) => Promise<void>): Promise<boolean> {
    try {
      await write(this.#deps.journal)
      return true
    } catch (cause) {
      this.#deps.onFault(this.#operationId, cause)
      return false
    }
  }

  async #fail(error: SshMcpError): Promise<Reply> {
    if (error.code === 'INTERNAL') this.#deps.onFault(this.#operationId, error.cause)
    const shown = replyError(error, this.#operationId)
    const redacted = { ...this.#deps.redactor.value(shown), code: shown.code, audit_id: shown.audit_id }
    const outcome: CallOutcome = {
      ...this.#outcome(statusOf(error, this.#recorded !== undefined)),
      error: { code: redacted.code, message: redacted.message },
      detail: {},
    }
    const hasIntent = this.#hasIntent()
    await this.#afterwards((journal) =>
      hasIntent ? journal.outcome(this.#record(), outcome) : journal.single(this.#record(), outcome),
    )
    return { isError: true, error: redacted, meta: this.#meta() }
  }

  #hasIntent(): boolean {
    return this.#recorded !== undefined && this.#action !== undefined && reachOf(this.#action.verb) !== 'nothing'
  }

  #record(): CallRecord {
    return {
      operationId: this.#operationId,
      tool: this.#request.tool,
      principal: this.#principal,
      client: this.#request.client,
      action: this.#action,
      approvalRequestId: this.#approvalRequestId,
    }
  }

  #outcome(status: CallStatus): Omit<CallOutcome, 'detail'> {
    const durationMs = Math.round(this.#deps.clock.monotonic() - this.#startedAt)
    return { status, error: undefined, connection: this.#recorded?.connection, durationMs }
  }

  #meta() {
    return replyMeta(this.#risk(), this.#recorded?.approved.approval?.shown)
  }

  #risk(): Risk {
    const command = this.#action !== undefined && 'command' in this.#action ? this.#action.command.risk : undefined
    const own = this.#tool?.risk ?? 'low'
    return command !== undefined && atLeast(command, own) ? command : own
  }
}

/** Before execution everything is a denial, save what failed on our side. */
function statusOf(error: SshMcpError, hasStarted: boolean): CallStatus {
  if (error.code.endsWith('_CANCELLED')) return 'cancelled'
  // What a host or this machine resolves a path to is known only while it is used: a wall that holds there is a denial too.
  if (/^POLICY_|_FORBIDDEN$/.test(error.code)) return 'denied'
  if (hasStarted || error.code === 'INTERNAL' || error.code === 'AUDIT_UNAVAILABLE') return 'error'
  return 'denied'
}
