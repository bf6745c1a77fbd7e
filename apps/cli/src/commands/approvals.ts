import type { AddCommand } from '../command.ts'
import { addApprovalsDecide } from './approvals-decide.ts'
import { addApprovalsList } from './approvals-list.ts'
import { addApprovalsShow } from './approvals-show.ts'
import { addApprovalsWatch } from './approvals-watch.ts'

/** `approvals`: where a person decides, out of the reach of any model. */
export const addApprovals: AddCommand = (program, context) => {
  const approvals = program.command('approvals').description('see, approve and deny requests for privileged operations')
  addApprovalsList(approvals, context)
  addApprovalsShow(approvals, context)
  addApprovalsDecide(approvals, context)
  addApprovalsWatch(approvals, context)
}
