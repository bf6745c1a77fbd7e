import { createHash } from 'node:crypto'
import type { OperationField } from './operation.ts'
import type { ApprovalView } from './view.ts'
import { remarksOn, visible } from './visible.ts'

/** One thing a person has to read. Every string in it is safe to write to a terminal or to put into a page as text. */
export interface ShownValue {
  readonly label: string
  /** The value, complete in one piece; or its beginning and its end, with `leftOut` characters between them. */
  readonly pieces: readonly string[]
  readonly leftOut: number
  /** What to know before trusting one's eyes: length and hash, invisible characters, mixed alphabets. */
  readonly remarks: readonly string[]
}

/** A request as the person who decides it sees it: what the server made apart from what the requester says. */
export interface Presentation {
  readonly requestId: string
  /** The exact operation, every field of it. */
  readonly operation: readonly ShownValue[]
  /** Who asked, when it ends, how it stands. */
  readonly circumstances: readonly ShownValue[]
  /** The requester's words. Made by a model, as a rule: never to be mistaken for ours. */
  readonly words: readonly ShownValue[]
  /** False when something long is not shown in full. */
  readonly isComplete: boolean
  readonly typedWord: string
}

/** How much is shown. */
export interface PresentOptions {
  /** Long values in full too. */
  readonly isFull?: boolean
  /** What an id in the operation stands for, as our own records have it: label and value. Not bound by the digest. */
  readonly meaning?: readonly RecordedMeaning[]
}

/** A label, and what our records say under it. */
export type RecordedMeaning = readonly [label: string, value: string]

/** Longer values are shown in part, unless in full. */
const longestShown = 2_000
const headLength = 1_200
const tailLength = 400

/** In the order in which a person reads. A new field does not compile until it has its label. */
const labels: Readonly<Record<OperationField, string>> = {
  tool: 'Tool',
  host_id: 'Host',
  hostname: 'Address',
  port: 'Port',
  ssh_user: 'Login',
  proxy_jump: 'Through',
  command: 'Command',
  stdin: 'Input',
  timeout_seconds: 'Time limit, s',
  key_id: 'Key',
  cert_id: 'Certificate',
  user_id: 'For',
  user_name: 'Account',
  host_ids: 'Hosts',
  addresses: 'Addresses',
  principals: 'May log in as',
  public_key: 'Public key',
  ttl_seconds: 'Lifetime, s',
  requester: 'Requester',
}

/**
 * Renders a request for the person who decides. The operation is what is stored and bound by the digest, and nothing else; what
 * its ids stand for is told beside it.
 */
export function present(view: ApprovalView, { isFull = false, meaning = [] }: PresentOptions = {}): Presentation {
  const show = (label: string, value: string): ShownValue => shown(label, value, isFull)
  const operation = valuesOf(view).map(([label, value]) => show(label, value))
  const words = [show('Reason', view.justification), ...(view.ticketRef === '' ? [] : [show('Ticket', view.ticketRef)])]
  return {
    requestId: view.requestId,
    operation,
    circumstances: [...meaning, ...circumstancesOf(view)].map(([label, value]) => show(label, value)),
    words,
    isComplete: [...operation, ...words].every(({ leftOut }) => leftOut === 0),
    typedWord: view.typedWord,
  }
}

/** Labels of what in the operation is easily misread, for where a request is not shown whole: there the remarks say why. */
export function lookCloselyAt(view: Pick<ApprovalView, 'operation'>): readonly string[] {
  return valuesOf(view).flatMap(([label, value]) => (remarksOn(value).length === 0 ? [] : [label]))
}

function valuesOf({ operation }: Pick<ApprovalView, 'operation'>): readonly (readonly [string, string])[] {
  const fields = new Map(Object.entries<string | number | readonly string[]>(operation))
  return Object.entries(labels).flatMap(([field, label]) => {
    const value = fields.get(field)
    return value === undefined ? [] : [[label, typeof value === 'object' ? value.join(', ') : String(value)] as const]
  })
}

function circumstancesOf(view: ApprovalView): readonly (readonly [string, string])[] {
  const { decision } = view
  return [
    ['Request', view.requestId],
    ...(view.templateId === '' ? [] : [['Template', view.templateId] as const]),
    ['Asked at', view.createdAt],
    ['Ends at', view.expiresAt],
    ['Decided by', view.mode === 'two-party' ? 'somebody else than the requester' : 'the requester or somebody else'],
    ['Status', view.status],
    ...(decision === undefined ? [] : [['Decision', decidedBy(decision)] as const]),
    ...(decision === undefined || decision.reason === '' ? [] : [['Because', decision.reason] as const]),
    ['Digest', view.digest],
  ]
}

function decidedBy({ verdict, deciderId, channel, decidedAt }: NonNullable<ApprovalView['decision']>): string {
  return `${verdict} by ${deciderId ?? 'five wrong codes'} (${channel}) at ${decidedAt}`
}

function shown(label: string, value: string, isFull: boolean): ShownValue {
  const characters = Array.from(value)
  if (characters.length <= longestShown)
    return { label, pieces: [visible(value)], leftOut: 0, remarks: [...emptyRemark(value), ...remarksOn(value)] }
  const measured = `is ${characters.length} characters long, SHA-256 ${sha256(value)}`
  if (isFull) return { label, pieces: [visible(value)], leftOut: 0, remarks: [measured, ...remarksOn(value)] }
  const pieces = [characters.slice(0, headLength), characters.slice(-tailLength)]
  return {
    label,
    pieces: pieces.map((piece) => visible(piece.join(''))),
    leftOut: characters.length - headLength - tailLength,
    remarks: [`${measured}; look at it in full before you decide`, ...remarksOn(value)],
  }
}

/** As a remark, since the word "empty" as a value would be another input. */
function emptyRemark(value: string): readonly string[] {
  return value === '' ? ['is empty'] : []
}

function sha256(value: string): string {
  return createHash('sha256').update(value).digest('hex')
}
