const ours = /^\/(?:approvals|activity|hosts)(?:[/?][\x21-\x7e]*)?$/

/** A path of these pages as it was asked for, or the first page: never an address elsewhere. */
export function localPath(wanted: string | undefined): string {
  return wanted !== undefined && ours.test(wanted) ? wanted : '/approvals'
}
