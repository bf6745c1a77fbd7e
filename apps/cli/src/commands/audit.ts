import type { AddCommand } from '../command.ts'
import { addAuditTail } from './audit-tail.ts'
import { addAuditVerify } from './audit-verify.ts'

/** `audit`: the journal, for people. */
export const addAudit: AddCommand = (program, context) => {
  const audit = program.command('audit').description('verify and read the journal')
  addAuditVerify(audit, context)
  addAuditTail(audit, context)
}
