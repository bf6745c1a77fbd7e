import type { AddCommand } from '../command.ts'
import { addAuditExport } from './audit-export.ts'
import { addAuditSearch } from './audit-search.ts'
import { addAuditTail } from './audit-tail.ts'
import { addAuditVerify } from './audit-verify.ts'

/** `audit`: the journal, for people. */
export const addAudit: AddCommand = (program, context) => {
  const audit = program.command('audit').description('verify, read, search and export the journal')
  addAuditVerify(audit, context)
  addAuditTail(audit, context)
  addAuditSearch(audit, context)
  addAuditExport(audit, context)
}
