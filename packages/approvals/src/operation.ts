import type { Action, CertificateIssue, CommandPlan, Host, KeyInstall, UserId } from '@sshmcp/kernel'
import { approvalErrors } from './errors.ts'
import { type Fields, fieldsOf } from './fields.ts'

/** Who wants what: part of every form. */
type Asked = {
  readonly tool: string
  readonly requester: string
}

/** A command on one host, byte for byte as it will be sent. */
export type CommandOperation = Asked & {
  readonly host_id: string
  readonly hostname: string
  readonly port: number
  readonly ssh_user: string
  /** "" for a direct connection. */
  readonly proxy_jump: string
  readonly command: string
  readonly stdin: string
  readonly timeout_seconds: number
}

/** A key that is to log in on some hosts. */
export type KeyOperation = Asked & {
  readonly user_name: string
  /** Sorted. */
  readonly host_ids: readonly string[]
  /** Where those hosts are, in the same order: `login@address:port`, and what they are reached through. */
  readonly addresses: readonly string[]
  /** Type and base64. */
  readonly public_key: string
  readonly ttl_seconds: number
}

/** A certificate that somebody is to have. */
export type CertificateOperation = Asked & {
  readonly user_id: string
  /** Sorted. */
  readonly principals: readonly string[]
  readonly public_key: string
  readonly ttl_seconds: number
}

/** Taking a key or a certificate away again. */
export type WithdrawalOperation = Asked & ({ readonly key_id: string } | { readonly cert_id: string })

/** What a person approves: every field is bound by the digest, nothing else is. */
export type Operation = CommandOperation | KeyOperation | CertificateOperation | WithdrawalOperation

type FieldOf<T> = T extends unknown ? keyof T : never

/** The name of a field that an operation may have. */
export type OperationField = FieldOf<Operation>

/**
 * The form of an action that is approved. A verb that is added to the vocabulary does not compile until it is answered
 * here.
 *
 * @throws APPROVAL_NOT_NEEDED for verbs that nothing ever asks an approval for
 */
export function operationOf(tool: string, action: Action, requester: UserId): Operation {
  const asked: Asked = { tool, requester }
  switch (action.verb) {
    case 'host.exec':
    case 'job.start':
      return commandOperation(asked, action.host, action.command)
    case 'key.install':
      return keyOperation(asked, action)
    case 'cert.issue':
      return certificateOperation(asked, action)
    case 'key.remove':
      return { ...asked, key_id: action.keyId }
    case 'cert.revoke':
      return { ...asked, cert_id: action.certId }
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
    case 'key.prune':
    case 'cert.bootstrap':
    case 'access.read':
      throw approvalErrors.error('APPROVAL_NOT_NEEDED', { message: `${tool} never needs an approval.` })
  }
}

function commandOperation(asked: Asked, host: Host, command: CommandPlan): CommandOperation {
  return {
    ...asked,
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

function keyOperation(asked: Asked, { hosts, userName, publicKey, ttlSeconds }: KeyInstall): KeyOperation {
  const sorted = [...hosts].sort((a, b) => (a.hostId < b.hostId ? -1 : 1))
  return {
    ...asked,
    user_name: userName,
    host_ids: sorted.map(({ hostId }) => hostId),
    addresses: sorted.map(addressOf),
    public_key: publicKey.line,
    ttl_seconds: ttlSeconds,
  }
}

function addressOf({ sshUser, hostname, port, proxyJump }: Host): string {
  return `${sshUser}@${hostname}:${port}${proxyJump === undefined ? '' : ` through ${proxyJump}`}`
}

function certificateOperation(asked: Asked, action: CertificateIssue): CertificateOperation {
  const { userId, principals, publicKey, ttlSeconds } = action
  return {
    ...asked,
    user_id: userId,
    principals: [...principals].sort(),
    public_key: publicKey.line,
    ttl_seconds: ttlSeconds,
  }
}

/** Reads an operation back from the store. @throws APPROVAL_DAMAGED */
export function parseOperation(value: unknown): Operation {
  const fields = fieldsOf(value)
  const operation = parseForm(fields, { tool: fields.text('tool'), requester: fields.text('requester') })
  // A field that this version does not know is one that it could not show either.
  fields.nothingBut(Object.keys(operation))
  return operation
}

/** Each form is told by the field that only it has. */
function parseForm(fields: Fields, asked: Asked): Operation {
  if (fields.has('key_id')) return { ...asked, key_id: fields.text('key_id') }
  if (fields.has('cert_id')) return { ...asked, cert_id: fields.text('cert_id') }
  if (fields.has('user_name')) return parseKey(fields, asked)
  if (fields.has('user_id')) return parseCertificate(fields, asked)
  return parseCommand(fields, asked)
}

function parseKey(fields: Fields, asked: Asked): KeyOperation {
  return {
    ...asked,
    user_name: fields.text('user_name'),
    host_ids: fields.texts('host_ids'),
    addresses: fields.texts('addresses'),
    public_key: fields.text('public_key'),
    ttl_seconds: fields.number('ttl_seconds'),
  }
}

function parseCertificate(fields: Fields, asked: Asked): CertificateOperation {
  return {
    ...asked,
    user_id: fields.text('user_id'),
    principals: fields.texts('principals'),
    public_key: fields.text('public_key'),
    ttl_seconds: fields.number('ttl_seconds'),
  }
}

function parseCommand(fields: Fields, asked: Asked): CommandOperation {
  return {
    ...asked,
    host_id: fields.text('host_id'),
    hostname: fields.text('hostname'),
    port: fields.number('port'),
    ssh_user: fields.text('ssh_user'),
    proxy_jump: fields.text('proxy_jump'),
    command: fields.text('command'),
    stdin: fields.text('stdin'),
    timeout_seconds: fields.number('timeout_seconds'),
  }
}

/** The hosts that an operation touches, sorted. Withdrawals touch those that the ledger knows. */
export function hostIdsOf(operation: Operation): readonly string[] {
  if ('command' in operation) return [operation.host_id]
  return 'host_ids' in operation ? operation.host_ids : []
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
