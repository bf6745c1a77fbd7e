import * as z from 'zod'
import { defineTool } from '../define-tool.ts'
import { jobIdField } from '../fields.ts'
import { jobStatus, remoteProcess } from '../job-result.ts'

export default defineTool({
  name: 'cancel_background_job',
  title: 'Cancel a background job',
  description:
    'Cancel a background job of yours: ends its processes on the host and looks whether they are dead. A job that has ended is returned as it is.',
  risk: 'medium',
  annotations: { readOnlyHint: false, destructiveHint: true, idempotentHint: true, openWorldHint: false },
  verb: 'job.cancel',
  input: z.strictObject({ job_id: jobIdField }),
  output: z.object({ job_id: z.string(), status: jobStatus, remote_process: remoteProcess }),
  needs: ['hosts'],
  plan: ({ job_id }) => ({ verb: 'job.cancel', jobId: job_id }),
  execute: async ({ jobId }, { hosts }) => {
    const job = await hosts.cancelJob(jobId)
    // A job that ended by itself has no process left; only an ended one that was looked for can be anything else.
    return { job_id: job.jobId, status: job.status, remote_process: job.remoteProcess ?? 'dead' }
  },
  note: ({ job_id, status, remote_process }) => ({
    status: 'ok',
    detail: { job_id, job_status: status, remote_process },
  }),
})
