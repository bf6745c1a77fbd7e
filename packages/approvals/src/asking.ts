import { type Action, kernelErrors, type Principal } from '@sshmcp/kernel'
import { isDeciderValid, requireSomebody } from './deciders.ts'
import { type Desk, momentFor, standing } from './desk.ts'
import { digestOf } from './digest.ts'
import { approvalErrors } from './errors.ts'
import type { StoredApproval } from './ledger.ts'
import { forgetOld, liveApprovals } from './live.ts'
import { type Operation, operationOf, templateOf } from './operation.ts'
import type { RequestPart } from './record.ts'

/** What somebody asks an approval for. */
export interface ApprovalAsk {
  readonly principal: Principal
  readonly tool: string
  /** Planned and authorised as in a real call. */
  readonly action: Action
  /** The requester's own words; redacted before they are kept. */
  readonly justification: string
  readonly ticketRef?: string
  /** The caller's own fields by path (`params.lines`), so that an error can name the one at fault. */
  readonly inputs?: Readonly<Record<string, string>>
}

/** More than this is no reason but a flood. */
const longestWords = 4_096

/**
 * Finds the live request for the same operation, or makes one. `isNew` is for whoever notifies people: once a request.
 *
 * @throws APPROVAL_NOT_NEEDED, APPROVAL_CONTAINS_SECRET, APPROVAL_NO_APPROVER, APPROVAL_LIMIT_REACHED, INPUT_INVALID
 */
export async function ask(
  desk: Desk,
  question: ApprovalAsk,
): Promise<{ readonly requestId: string; readonly isNew: boolean }> {
  const operation = operationOf(question.tool, question.action, question.principal.userId)
  requireShortWords(question)
  requireNoSecret(desk, operation, question.inputs ?? {})
  const digest = digestOf(operation)
  for (;;) {
    const newest = await desk.ledger.newestFor(digest)
    const live = newest === undefined ? undefined : await liveRequest(desk, newest.requestId, digest)
    if (live !== undefined && standing(desk, live) !== 'pending')
      return { requestId: live.request.requestId, isNew: false }
    // Asked again while pending: the last possible approver may have gone since.
    await requireSomebody(desk, question.principal, operation)
    if (live !== undefined) return { requestId: live.request.requestId, isNew: false }
    const request = requestFor(desk, question, operation, digest)
    await create(desk, request)
    if (await desk.ledger.claim(request, (newest?.number ?? 0) + 1))
      return { requestId: request.requestId, isNew: true }
    // Somebody asked for the same at the same moment and was first; nobody has heard of ours.
    await desk.ledger.forget(request)
  }
}

function requestFor(desk: Desk, question: ApprovalAsk, operation: Operation, digest: string): RequestPart {
  const createdAt = desk.clock.now()
  return {
    requestId: desk.ids.next('apr'),
    digest,
    operation,
    requesterId: question.principal.userId,
    mode: desk.mode,
    createdAt,
    expiresAt: createdAt + desk.policy.ttlSeconds * 1000,
    justification: desk.redactText(question.justification),
    ticketRef: desk.redactText(question.ticketRef ?? ''),
    templateId: templateOf(question.action),
  }
}

/** Pending, approved by somebody who still may, or denied a moment ago: asking again is no way around a denial. */
async function liveRequest(desk: Desk, requestId: string, digest: string): Promise<StoredApproval | undefined> {
  const loaded = await desk.ledger.load(requestId)
  if (loaded.kind !== 'whole' || loaded.approval.request.digest !== digest) return undefined
  const { approval } = loaded
  const { request, decision } = approval
  switch (standing(desk, approval)) {
    case 'pending':
      return approval
    case 'denied':
      return momentFor(desk, approval) < request.expiresAt ? approval : undefined
    case 'approved':
      return decision !== undefined && (await isDeciderValid(desk, request, decision)) ? approval : undefined
    case 'expired':
    case 'used':
      return undefined
  }
}

/**
 * Counted before, so that nothing is written in vain; and after, so that two processes cannot both take the last
 * place: each of them sees at least its own request and every one that was made before.
 */
async function create(desk: Desk, request: RequestPart): Promise<void> {
  const { maxPendingPerIdentity } = desk.policy
  await forgetOld(desk)
  if ((await countOthers(desk, request)) >= maxPendingPerIdentity) throw tooMany(desk)
  if (!(await desk.ledger.createRequest(request)))
    throw approvalErrors.error('APPROVAL_STORE_UNAVAILABLE', { message: 'A fresh request id was there already.' })
  if ((await countOthers(desk, request)) < maxPendingPerIdentity) return
  await desk.ledger.forget(request)
  throw tooMany(desk)
}

/**
 * The requester's other operations that no person has decided. Twins of this one do not count: of them one will be left.
 * What wrong codes denied keeps its place until its time is over: whoever asks could do that to make room, and people would
 * be told of one request after the other.
 */
async function countOthers(desk: Desk, { requesterId, digest }: RequestPart): Promise<number> {
  const live = await liveApprovals(desk)
  const pending = live.filter((approval) => standing(desk, approval) === 'pending')
  const spoilt = [...desk.ended.values()].filter((approval) => isSpoilt(desk, approval))
  const others = [...pending, ...spoilt].filter(
    ({ request }) => request.requesterId === requesterId && request.digest !== digest,
  )
  return new Set(others.map(({ request }) => request.digest)).size
}

/** Denied by wrong codes, and its time is not over. */
function isSpoilt(desk: Desk, approval: StoredApproval): boolean {
  const { request, decision } = approval
  const byNobody = decision?.verdict === 'denied' && decision.deciderId === undefined
  return byNobody && momentFor(desk, approval) < request.expiresAt
}

function tooMany(desk: Desk) {
  const { maxPendingPerIdentity, ttlSeconds } = desk.policy
  return approvalErrors.error('APPROVAL_LIMIT_REACHED', {
    message: `You have ${maxPendingPerIdentity} requests that no person decided, which is the most one identity may have.`,
    retryAfterSeconds: ttlSeconds,
  })
}

function requireShortWords({ justification, ticketRef = '' }: ApprovalAsk): void {
  for (const [field, text] of [['justification', justification] as const, ['ticket_ref', ticketRef] as const]) {
    if (text.length > longestWords)
      throw kernelErrors.error('INPUT_INVALID', { message: `${field} is over ${longestWords} characters.`, field })
  }
}

/** The caller's fields first: they are what the caller can change. */
function requireNoSecret(desk: Desk, operation: Operation, inputs: Readonly<Record<string, string>>): void {
  for (const [field, value] of [...Object.entries(inputs), ...Object.entries(operation)]) {
    const rules = desk.containsSecret(String(value))
    if (rules.length === 0) continue
    throw approvalErrors.error('APPROVAL_CONTAINS_SECRET', {
      message: `${field} looks like a secret (${rules.join(', ')}). An approver would have to see it and the store to keep it.`,
      field,
    })
  }
}
