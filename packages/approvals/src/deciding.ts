import { kernelErrors, type Principal, Secret, type UserId } from '@sshmcp/kernel'
import type { ApprovalChannel } from './access.ts'
import { codeMac, isCode, makeCode } from './codes.ts'
import { requireDecider } from './deciders.ts'
import { type Desk, found, requireSeen, requireStep, seenBy } from './desk.ts'
import { approvalErrors } from './errors.ts'
import { codesPerRequest, type StoredApproval } from './ledger.ts'
import { typedWordOf } from './operation.ts'
import type { DecisionPart } from './record.ts'
import { lockReason, wrongCodesToDeny } from './state.ts'

/** A person's yes. */
export interface Approving {
  readonly requestId: string
  readonly decider: Principal
  /** What the person typed after reading the operation. */
  readonly typedWord: string
  readonly channel: Exclude<ApprovalChannel, 'code'>
}

/** A person's no. */
export interface Denying {
  readonly requestId: string
  readonly decider: Principal
  readonly channel: Exclude<ApprovalChannel, 'code'>
  /** What the requester is told; redacted before it is kept. */
  readonly reason: string
}

/** A code that came back through the requester's client. */
export interface CodeEntry {
  readonly requestId: string
  /** As typed: case, spaces and dashes do not matter. */
  readonly code: string
  /** Who called; needs no role, for the decision is that of the person who made the code. */
  readonly caller: Principal
}

export async function approve(desk: Desk, { requestId, decider, typedWord, channel }: Approving): Promise<void> {
  const approval = await undecided(desk, requestId, decider, channel)
  requireWord(approval, typedWord)
  await record(desk, approval, decisionBy(desk, decider.userId, channel, 'approved', ''))
}

export async function deny(desk: Desk, { requestId, decider, channel, reason }: Denying): Promise<void> {
  const approval = await seenBy(desk, decider, requestId)
  // A no of the requester's own can only make things safer; a no by their client's form is theirs.
  if (decider.userId !== approval.request.requesterId) requireDecider(desk, approval.request, decider, channel)
  requireStep(desk, approval, 'deny')
  if (reason.trim() === '')
    throw approvalErrors.error('APPROVAL_REASON_MISSING', { message: 'A denial needs a reason.', field: 'reason' })
  if (reason.length > 1_000)
    throw kernelErrors.error('INPUT_INVALID', { message: 'The reason is over 1000 characters.', field: 'reason' })
  await record(desk, approval, decisionBy(desk, decider.userId, channel, 'denied', desk.redactText(reason.trim())))
}

/** The code is shown once and never kept; the approval takes effect when it comes back. A newer code replaces it. */
export async function issueCode(desk: Desk, { requestId, decider, typedWord, channel }: Approving) {
  const approval = await undecided(desk, requestId, decider, channel)
  requireWord(approval, typedWord)
  const code = makeCode(desk.randomBytes)
  const part = { issuerId: decider.userId, codeMac: codeMac(desk.seal, requestId, code), issuedAt: desk.clock.now() }
  if (!(await desk.ledger.addCode(approval, part)))
    throw approvalErrors.error('APPROVAL_CODE_LIMIT_REACHED', {
      message: `${codesPerRequest} codes were made for request ${requestId}.`,
    })
  return { code: new Secret(code), expiresAt: approval.request.expiresAt }
}

export async function approveWithCode(desk: Desk, { requestId, code, caller }: CodeEntry): Promise<void> {
  const approval = await found(desk, requestId)
  const made = approval.code
  const isRight = made !== undefined && isCode(desk.seal, requestId, code, made.codeMac)
  // The right code carries a person's decision, whoever brings it. A wrong one of somebody who has nothing to do with the
  // request is no try: five of them would deny it.
  if (!isRight) requireSeen(desk, caller, approval)
  requireStep(desk, approval, 'approve')
  const hadTry = await desk.ledger.takeTry(approval, isRight, caller.userId, desk.clock.now())
  if (made === undefined || !isRight || !hadTry) return refuseCode(desk, requestId, caller.userId, hadTry)
  const issuer = await whoIsThere(desk, made.issuerId)
  requireDecider(desk, approval.request, issuer, 'code')
  const decision = decisionBy(desk, issuer.userId, 'code', 'approved', '')
  await record(desk, approval, { ...decision, relayedBy: caller.userId })
}

async function refuseCode(desk: Desk, requestId: string, caller: UserId, hadTry: boolean): Promise<never> {
  const approval = await found(desk, requestId)
  const left = hadTry ? wrongCodesToDeny - approval.facts.wrongCodes : 0
  if (left > 0)
    throw approvalErrors.error('APPROVAL_CODE_WRONG', {
      message: `That is not a valid code for request ${requestId}. ${left} more wrong ones deny it.`,
      field: 'approval_token',
    })
  const lock: DecisionPart = {
    verdict: 'denied',
    deciderId: undefined,
    channel: 'code',
    relayedBy: caller,
    reason: lockReason,
    decidedAt: desk.clock.now(),
  }
  await desk.ledger.decide(approval, lock)
  throw approvalErrors.error('APPROVAL_DENIED', { message: `Request ${requestId} was denied: ${lockReason}` })
}

async function undecided(
  desk: Desk,
  requestId: string,
  decider: Principal,
  channel: ApprovalChannel,
): Promise<StoredApproval> {
  const approval = await seenBy(desk, decider, requestId)
  requireDecider(desk, approval.request, decider, channel)
  requireDecider(desk, approval.request, await whoIsThere(desk, decider.userId), channel)
  requireStep(desk, approval, 'approve')
  return approval
}

/** As they are now: a form can be open for minutes. @throws APPROVAL_DECIDER_INVALID for whoever was revoked meanwhile */
async function whoIsThere(desk: Desk, userId: UserId): Promise<Principal> {
  const person = await desk.people.find(userId)
  if (person?.userId === userId) return person
  throw approvalErrors.error('APPROVAL_DECIDER_INVALID', { message: `${userId} may no longer decide.` })
}

function requireWord({ request }: StoredApproval, typedWord: string): void {
  const word = typedWordOf(request.operation)
  if (typedWord.trim() === word) return
  throw approvalErrors.error('APPROVAL_WORD_WRONG', {
    message: `The word to type is ${word}. Nothing was decided.`,
    field: 'typed_word',
  })
}

function decisionBy(
  desk: Desk,
  deciderId: UserId,
  channel: ApprovalChannel,
  verdict: DecisionPart['verdict'],
  reason: string,
): DecisionPart {
  return { verdict, deciderId, channel, relayedBy: undefined, reason, decidedAt: desk.clock.now() }
}

async function record(desk: Desk, approval: StoredApproval, decision: DecisionPart): Promise<void> {
  if (await desk.ledger.decide(approval, decision)) return
  throw approvalErrors.error('APPROVAL_ALREADY_DECIDED', {
    message: `Somebody decided request ${approval.request.requestId} first.`,
  })
}
