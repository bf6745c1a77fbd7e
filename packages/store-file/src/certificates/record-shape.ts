import type { IssuedRecord, KeyRecord, RevocationRecord, RevokedTarget } from '@sshmcp/ca'

/** A JSON object, its fields not yet looked at. */
type Fields = ReadonlyMap<string, unknown>

/** Reads one record from JSON; undefined for anything that is not exactly one. */
export type RecordShape<T> = (value: unknown) => T | undefined

const issuedFields = [
  'certId',
  'serial',
  'keyId',
  'userId',
  'publicKey',
  'fingerprint',
  'ca',
  'caFingerprint',
  'issuedAt',
  'validFrom',
  'expiresAt',
  'approvalRequestId',
] as const
const revocationFields = ['revokedAt', 'by', 'reason', 'certId', 'expiresAt'] as const
const keyFields = [
  'at',
  'keyId',
  'hostId',
  'userName',
  'publicKey',
  'fingerprint',
  'expiresAt',
  'by',
  'reason',
] as const

export const issuedShape: RecordShape<IssuedRecord> = (value) => {
  const fields = fieldsOf(value)
  const principals = fields?.get('principals')
  const texts = fields && textsOf(fields, issuedFields)
  if (texts === undefined || !isTexts(principals)) return undefined
  return isNumber(texts.serial) ? { ...texts, principals } : undefined
}

export const revocationShape: RecordShape<RevocationRecord> = (value) => {
  const fields = fieldsOf(value)
  const texts = fields && textsOf(fields, revocationFields)
  const target = targetOf(fields?.get('target'))
  return texts === undefined || target === undefined ? undefined : { ...texts, target }
}

export const keyShape: RecordShape<KeyRecord> = (value) => {
  const fields = fieldsOf(value)
  const texts = fields && textsOf(fields, keyFields)
  const event = fields?.get('event')
  if (texts === undefined || (event !== 'installed' && event !== 'removed')) return undefined
  return { event, ...texts }
}

function targetOf(value: unknown): RevokedTarget | undefined {
  const fields = fieldsOf(value)
  if (fields === undefined) return undefined
  switch (fields.get('kind')) {
    case 'serials': {
      const texts = textsOf(fields, ['ca', 'first', 'last'])
      const areNumbers = texts !== undefined && isNumber(texts.first) && isNumber(texts.last)
      return areNumbers ? { kind: 'serials', ...texts } : undefined
    }
    case 'key_id': {
      const texts = textsOf(fields, ['ca', 'keyId'])
      return texts && { kind: 'key_id', ...texts }
    }
    case 'key': {
      const texts = textsOf(fields, ['publicKey'])
      return texts && { kind: 'key', ...texts }
    }
    default:
      return undefined
  }
}

function fieldsOf(value: unknown): Fields | undefined {
  return typeof value === 'object' && value !== null ? new Map(Object.entries(value)) : undefined
}

function textsOf<Name extends string>(fields: Fields, names: readonly Name[]): Record<Name, string> | undefined {
  const texts: Partial<Record<Name, string>> = {}
  for (const name of names) {
    const text = fields.get(name)
    if (typeof text !== 'string') return undefined
    texts[name] = text
  }
  return isComplete(texts, names) ? texts : undefined
}

function isComplete<Name extends string>(
  texts: Partial<Record<Name, string>>,
  names: readonly Name[],
): texts is Record<Name, string> {
  return names.every((name) => texts[name] !== undefined)
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((each) => typeof each === 'string')
}

function isNumber(text: string): boolean {
  return /^[0-9]{1,20}$/.test(text)
}
