import type { Action, CommandPlan, Host, UserId } from '@sshmcp/kernel'
import { approvalErrors } from './errors.ts'
import { type Fields, fieldsOf } from './fields.ts'

/** Where an operation happens and for whom: part of every form. */
export type OperationTarget = {
  readonly tool: string
  readonly requester: string
  readonly host_id: string
  readonly hostname: string
  readonly port: number
  readonly ssh_user: string
  /** "" for a direct connection. */
  readonly proxy_jump: string
}

/** A command on one host, byte for byte as it will be sent. */
export type CommandOperation = OperationTarget & {
  readonly command: string
  readonly stdin: string
  readonly timeout_seconds: number
}

/** What a person approves: every field is bound by the digest, nothing else is. */
export type Operation = CommandOperation

/** The name of a field that an operation may have. */
export type OperationField = keyof CommandOperation

/**
 * The form of an action that is approved. A verb that is added to the vocabulary does not compile until it is answered
 * here.
 *
 * @throws APPROVAL_NOT_NEEDED for verbs that nothing ever asks an approval for
 */
export function operationOf(tool: string, action: Action, requester: UserId): Operation {
  switch (action.verb) {
    case 'host.exec':
    case 'job.start':
      return commandOperation(tool, action.host, action.command, requester)
    case 'host.facts':
    case 'session.open':
    case 'session.close':
    case 'session.read':
    case 'job.read':
    case 'job.cancel':
    case 'file.list':
    case 'file.read':
    case 'file.write':
    case 'file.delete':
    case 'catalog.read':
    case 'audit.read':
    case 'approval.read':
    case 'approval.request':
    case 'approval.redeem':
    case 'approval.decide':
      throw approvalErrors.error('APPROVAL_NOT_NEEDED', { message: `${tool} never needs an approval.` })
  }
}

function commandOperation(tool: string, host: Host, command: CommandPlan, requester: UserId): CommandOperation {
  return {
    tool,
    requester,
    host_id: host.hostId,
    hostname: host.hostname,
    port: host.port,
    ssh_user: host.sshUser,
    proxy_jump: host.proxyJump ?? '',
    command: command.line,
    stdin: command.stdin,
    timeout_seconds: command.timeoutSeconds,
  }
}

/** Reads an operation back from the store. @throws APPROVAL_DAMAGED */
export function parseOperation(value: unknown): Operation {
  const fields = fieldsOf(value)
  const operation = {
    ...parseTarget(fields),
    command: fields.text('command'),
    stdin: fields.text('stdin'),
    timeout_seconds: fields.number('timeout_seconds'),
  }
  // A field that this version does not know is one that it could not show either.
  fields.nothingBut(Object.keys(operation))
  return operation
}

function parseTarget(fields: Fields): OperationTarget {
  return {
    tool: fields.text('tool'),
    requester: fields.text('requester'),
    host_id: fields.text('host_id'),
    hostname: fields.text('hostname'),
    port: fields.number('port'),
    ssh_user: fields.text('ssh_user'),
    proxy_jump: fields.text('proxy_jump'),
  }
}

/** The hosts that an operation touches, sorted. */
export function hostIdsOf(operation: Operation): readonly string[] {
  return [operation.host_id]
}

/** What an approver types: the one host_id, else the name of the tool. */
export function typedWordOf(operation: Operation): string {
  const [only, ...others] = hostIdsOf(operation)
  return only === undefined || others.length > 0 ? operation.tool : only
}

/** The template behind an action, which helps a person and is not part of the operation; "" where there is none. */
export function templateOf(action: Action): string {
  return action.verb === 'host.exec' || action.verb === 'job.start' ? action.command.templateId : ''
}
