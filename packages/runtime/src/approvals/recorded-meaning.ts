import type { Operation, RecordedMeaning } from '@sshmcp/approvals'
import { type IssuedRecord, installedKeys, type KeyRecord } from '@sshmcp/ca'
import type { FileCertStore } from '@sshmcp/store-file'

/**
 * What is taken away with an id, as `cert_data` has it at this moment: nobody decides well about an id alone. The digest binds
 * the id, so this is told beside the operation and is no part of it.
 */
export async function recordedMeaning(
  operation: Operation,
  store: () => Pick<FileCertStore, 'listKeys' | 'listIssued'>,
): Promise<readonly RecordedMeaning[]> {
  if ('key_id' in operation) {
    const records = installedKeys(await store().listKeys())
    return keyMeaning(records.filter(({ keyId }) => keyId === operation.key_id))
  }
  if ('cert_id' in operation) {
    const records = await store().listIssued()
    return certificateMeaning(records.find(({ certId }) => certId === operation.cert_id))
  }
  return []
}

function keyMeaning(records: readonly KeyRecord[]): readonly RecordedMeaning[] {
  const [first] = records
  if (first === undefined) return [['Key is on', 'no host, as far as is known here: there is nothing to take away']]
  const places = records.map(({ hostId, userName }) => `${hostId} (${userName})`)
  return [
    ['Key is on', [...new Set(places)].sort().join(', ')],
    ['Key is', first.fingerprint],
    ['Put there by', first.by],
    ['Ends by itself', first.expiresAt],
  ]
}

function certificateMeaning(record: IssuedRecord | undefined): readonly RecordedMeaning[] {
  if (record === undefined) return [['Certificate is', 'none that was issued here: there is nothing to revoke']]
  return [
    ['Certificate of', record.userId],
    ['Logs in as', record.principals.join(', ')],
    ['Certificate is', record.keyId],
    ['Ends by itself', record.expiresAt],
  ]
}
