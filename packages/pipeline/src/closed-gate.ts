import { pipelineErrors } from './errors.ts'
import type { ApprovalGate } from './ports.ts'

/** The gate of a server that cannot ask anybody: refuses what needs an approval, saying so. */
export const closedGate: ApprovalGate = {
  async check({ tool }) {
    throw pipelineErrors.error('APPROVAL_UNAVAILABLE', {
      message: `${tool} with these arguments is a high-risk operation: it needs an approval by a person for exactly this operation.`,
    })
  },
}
