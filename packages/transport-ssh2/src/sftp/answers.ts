import type { SshMcpError } from '@sshmcp/kernel'
import { nameText, type RemoteEntry, type RemoteStat, sftpErrors } from '@sshmcp/transport'
import { type PacketReader, packet } from './packets.ts'

/** One answer of the host, still packed. */
export interface Answer {
  readonly type: number
  /** Behind the request id. */
  readonly fields: PacketReader
}

const typeBits = 0o170000
const types: ReadonlyMap<number, RemoteStat['type']> = new Map([
  [0o100000, 'file'],
  [0o040000, 'directory'],
  [0o120000, 'symlink'],
])

/** §5 of the draft. */
export function readAttributes(fields: PacketReader): RemoteStat {
  const flags = fields.u32()
  const size = flags & 1 ? fields.u64() : 0
  const [uid, gid] = flags & 2 ? [fields.u32(), fields.u32()] : [0, 0]
  const permissions = flags & 4 ? fields.u32() : 0
  if (flags & 8) fields.u32()
  const modifiedSeconds = flags & 8 ? fields.u32() : 0
  const extensions = flags & 0x80000000 ? fields.u32() : 0
  for (let left = extensions; left > 0; left--) {
    fields.bytes()
    fields.bytes()
  }
  const type = types.get(permissions & typeBits) ?? 'other'
  return { type, size, uid, gid, mode: permissions & 0o7777, modifiedSeconds }
}

/** The names of one READDIR answer, without `.` and `..`. */
export function readEntries({ fields }: Answer): readonly RemoteEntry[] {
  const entries: RemoteEntry[] = []
  for (let left = fields.u32(); left > 0; left--) {
    const name = nameText(fields.bytes())
    const longName = fields.bytes().toString('latin1')
    const stat = readAttributes(fields)
    if (name !== '.' && name !== '..') entries.push({ name, links: linksOf(longName), ...stat })
  }
  return entries
}

/** OpenSSH's long names are lines of `ls -l`, whose second word counts the names of the file. */
function linksOf(longName: string): number | undefined {
  const [, count] = /^[-a-z?][-rwxsStT]{9}[.+@]? +(\d{1,9}) /.exec(longName) ?? []
  return count === undefined ? undefined : Number(count)
}

/** The failures that have a meaning of their own (§7 of the draft); every other is SFTP_FAILED. */
const statusOk = 0
export const statusEnd = 1

/** The number of a STATUS answer; undefined when it is no STATUS. */
export function statusOf(answer: Answer): number | undefined {
  return answer.type === packet.status ? answer.fields.u32() : undefined
}

/** Turns a number that is not 0 into an error. What the host says beside it is its own text and stays out of the message. */
export function statusError(status: number, what: string): SshMcpError {
  if (status === 2)
    return sftpErrors.error('SFTP_NOT_FOUND', { message: `${what}: the host has nothing of that name.` })
  if (status === 3)
    return sftpErrors.error('SFTP_PERMISSION_DENIED', { message: `${what}: the host does not permit it.` })
  if (status === 8) return sftpErrors.error('SFTP_FAILED', { message: `${what}: the host does not know how.` })
  return sftpErrors.error('SFTP_FAILED', {
    message: `${what}: the host failed and does not say why (status ${status}).`,
  })
}

/** @throws SFTP_… unless the answer is a STATUS of success */
export function requireOk(answer: Answer, what: string): void {
  const status = statusOf(answer)
  if (status === undefined) throw outOfOrder(what)
  if (status !== statusOk) throw statusError(status, what)
}

/** The fields of an answer of the wanted type. @throws SFTP_… for a STATUS, SFTP_PROTOCOL for anything else */
export function requireType(answer: Answer, type: number, what: string): PacketReader {
  if (answer.type === type) return answer.fields
  const status = statusOf(answer)
  throw status === undefined || status === statusOk ? outOfOrder(what) : statusError(status, what)
}

export function outOfOrder(what: string): SshMcpError {
  return sftpErrors.error('SFTP_PROTOCOL', { message: `${what}: the host gave an answer of another kind.` })
}
