/**
 * Where approvals are kept: records of small named parts, each written once and never changed.
 *
 * The whole safety of "once" hangs on {@link ApprovalStore.put}: of all callers in all processes exactly one creates a
 * part. What is stored is sealed and checked by this package; a store need not understand it, and may lose or change
 * it without anything turning into an approval.
 */
export interface ApprovalStore {
  /**
   * Creates one part of a record (and the record with its first part). True: this call created it and it is durable.
   * False: it was there already and is untouched. A part is there whole or not at all, whatever crashes. Exactly one of
   * several concurrent callers gets true.
   *
   * @throws APPROVAL_STORE_UNAVAILABLE when it cannot say so; the part may then be there or not
   */
  put(record: string, part: string, text: string): Promise<boolean>
  /**
   * All parts of a record by name; an empty map when there is no such record. A part that is there and cannot be read
   * as text is given as "".
   *
   * @throws APPROVAL_STORE_UNAVAILABLE
   */
  read(record: string): Promise<ReadonlyMap<string, string>>
  /** The names of all records, in no order. @throws APPROVAL_STORE_UNAVAILABLE */
  list(): Promise<readonly string[]>
  /**
   * Removes a record, its part `request` first, so that a removal that stops half way leaves nothing usable. A record
   * that is not there is no error.
   *
   * @throws APPROVAL_STORE_UNAVAILABLE
   */
  remove(record: string): Promise<void>
}

/** What a name of a record may be; anything else must never reach a disk. */
export function isRecordName(name: string): boolean {
  return /^[A-Za-z0-9_]{1,128}$/.test(name)
}

/** What a name of a part may be. */
export function isPartName(name: string): boolean {
  return /^[a-z][a-z0-9-]{0,31}$/.test(name)
}
