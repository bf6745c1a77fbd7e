import { parseUserId, rfc3339, type UserId } from '@sshmcp/kernel'
import { type ApprovalChannel, type ApprovalMode, approvalChannels, approvalModes } from './access.ts'
import type { Canonical } from './canonical-json.ts'
import { digestOf } from './digest.ts'
import { approvalErrors } from './errors.ts'
import { fieldsOf } from './fields.ts'
import { type Operation, parseOperation } from './operation.ts'

/** The part `request`: what is asked, by whom, until when. */
export interface RequestPart {
  readonly requestId: string
  readonly digest: string
  readonly operation: Operation
  readonly requesterId: UserId
  readonly mode: ApprovalMode
  readonly createdAt: number
  readonly expiresAt: number
  /** The requester's own words, redacted. */
  readonly justification: string
  readonly ticketRef: string
  readonly templateId: string
}

/** The part `decision`. */
export interface DecisionPart {
  readonly verdict: 'approved' | 'denied'
  /** Undefined when five wrong codes denied it, and no person. */
  readonly deciderId: UserId | undefined
  readonly channel: ApprovalChannel
  /** Who typed the code into their client, where one was used. */
  readonly relayedBy: UserId | undefined
  readonly reason: string
  readonly decidedAt: number
}

/** The parts `code-1`, `code-2`, …: a code that was made. The newest counts. */
export interface CodePart {
  readonly issuerId: UserId
  readonly codeMac: string
  readonly issuedAt: number
}

export function writeRequest(part: RequestPart): Canonical {
  return {
    v: 1,
    request_id: part.requestId,
    digest: part.digest,
    operation: part.operation,
    mode: part.mode,
    created_at: rfc3339(part.createdAt),
    expires_at: rfc3339(part.expiresAt),
    justification: part.justification,
    ticket_ref: part.ticketRef,
    template_id: part.templateId,
  }
}

/** @throws APPROVAL_DAMAGED, INPUT_INVALID */
export function readRequest(body: unknown): RequestPart {
  const fields = fieldsOf(body)
  const operation = parseOperation(fields.value('operation'))
  const digest = fields.text('digest')
  if (digest !== digestOf(operation))
    throw approvalErrors.error('APPROVAL_DAMAGED', { message: 'A stored request and its digest do not agree.' })
  return {
    requestId: fields.text('request_id'),
    digest,
    operation,
    requesterId: parseUserId(operation.requester),
    mode: fields.oneOf('mode', approvalModes),
    createdAt: fields.time('created_at'),
    expiresAt: fields.time('expires_at'),
    justification: fields.text('justification'),
    ticketRef: fields.text('ticket_ref'),
    templateId: fields.text('template_id'),
  }
}

/** `requestSha256` ties the decision to one request, byte for byte. */
export function writeDecision(part: DecisionPart, requestSha256: string): Canonical {
  return {
    v: 1,
    request_sha256: requestSha256,
    verdict: part.verdict,
    decider: part.deciderId ?? '',
    channel: part.channel,
    relayed_by: part.relayedBy ?? '',
    reason: part.reason,
    decided_at: rfc3339(part.decidedAt),
  }
}

/** @throws APPROVAL_DAMAGED, INPUT_INVALID */
export function readDecision(body: unknown, requestSha256: string): DecisionPart {
  const fields = fieldsOf(body)
  isFor(fields.text('request_sha256'), requestSha256)
  return {
    verdict: fields.oneOf('verdict', ['approved', 'denied']),
    deciderId: userOrNobody(fields.text('decider')),
    channel: fields.oneOf('channel', approvalChannels),
    relayedBy: userOrNobody(fields.text('relayed_by')),
    reason: fields.text('reason'),
    decidedAt: fields.time('decided_at'),
  }
}

export function writeCode(part: CodePart, requestSha256: string): Canonical {
  return {
    v: 1,
    request_sha256: requestSha256,
    issuer: part.issuerId,
    code_mac: part.codeMac,
    issued_at: rfc3339(part.issuedAt),
  }
}

/** @throws APPROVAL_DAMAGED, INPUT_INVALID */
export function readCode(body: unknown, requestSha256: string): CodePart {
  const fields = fieldsOf(body)
  isFor(fields.text('request_sha256'), requestSha256)
  return {
    issuerId: parseUserId(fields.text('issuer')),
    codeMac: fields.text('code_mac'),
    issuedAt: fields.time('issued_at'),
  }
}

function isFor(named: string, requestSha256: string): void {
  if (named !== requestSha256)
    throw approvalErrors.error('APPROVAL_DAMAGED', { message: 'A stored part belongs to another request.' })
}

function userOrNobody(text: string): UserId | undefined {
  return text === '' ? undefined : parseUserId(text)
}
