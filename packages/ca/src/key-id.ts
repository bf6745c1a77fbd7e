import { caErrors } from './errors.ts'

/** Who is behind a login, why, and through what: readable in sshd's own log line. */
export interface LoginReason {
  readonly userId: string
  /** The operation id of the call, which the journal has too. */
  readonly requestId: string
  /** Absent where none was needed. */
  readonly approvalId?: string
  readonly tool: string
}

const mark = 'sshmcp/1'
const noApproval = '-'
/** sshd writes a key id into its log as it is: a newline in it would be a forged log line. */
const keyIdPattern = /^[A-Za-z0-9._@:/=+-]{1,200}$/
const partPattern = /^[A-Za-z0-9._@:=+-]{1,80}$/

/** @throws CERT_KEY_ID_REFUSED */
export function assertKeyId(keyId: string): void {
  if (!keyIdPattern.test(keyId)) {
    throw caErrors.error('CERT_KEY_ID_REFUSED', {
      message: 'The key id is too long or holds characters that are not allowed.',
    })
  }
}

/**
 * The key id that carries a login's reason: `sshmcp/1/<user>/<request>/<approval or ->/<tool>`.
 *
 * @throws CERT_KEY_ID_REFUSED for a part that is empty or holds more than letters, digits and `._@:=+-`
 */
export function formatKeyId(reason: LoginReason): string {
  const parts = [reason.userId, reason.requestId, reason.approvalId ?? noApproval, reason.tool]
  const bad = parts.find((part) => !partPattern.test(part))
  if (bad !== undefined) {
    const shown = JSON.stringify(bad.slice(0, 40))
    throw caErrors.error('CERT_KEY_ID_REFUSED', { message: `${shown} cannot stand in the key id of a certificate.` })
  }
  const keyId = `${mark}/${parts.join('/')}`
  assertKeyId(keyId)
  return keyId
}

/** Reads a key id back, for whoever reads the log of a host; undefined when it is not one of ours. */
export function parseKeyId(keyId: string): LoginReason | undefined {
  if (!keyId.startsWith(`${mark}/`)) return undefined
  const parts = keyId.slice(mark.length + 1).split('/')
  const [userId, requestId, approvalId, tool] = parts
  if (parts.length !== 4 || parts.some((part) => !partPattern.test(part))) return undefined
  if (userId === undefined || requestId === undefined || approvalId === undefined || tool === undefined)
    return undefined
  return { userId, requestId, tool, ...(approvalId === noApproval ? {} : { approvalId }) }
}
