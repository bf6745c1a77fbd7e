import { rfc3339 } from '@sshmcp/kernel'
import * as z from 'zod'
import { defineTool } from '../define-tool.ts'
import { approvalField, hostIdField, paramsField, templateIdField } from '../fields.ts'
import { jobStatus } from '../job-result.ts'

export default defineTool({
  name: 'run_ssh_command_background',
  title: 'Run a template in the background',
  description:
    'Run one approved command template on one SSH host in the background, for what takes longer than the template’s timeout; returns a job_id at once. ' +
    'Next: poll_background_job(job_id, wait_seconds); cancel_background_job ends it.',
  risk: 'medium',
  annotations: { readOnlyHint: false, destructiveHint: true, idempotentHint: false, openWorldHint: false },
  verb: 'job.start',
  input: z.strictObject({
    host_id: hostIdField,
    template_id: templateIdField,
    params: paramsField,
    approval_request_id: approvalField,
  }),
  output: z.object({
    job_id: z.string(),
    host_id: z.string(),
    template_id: z.string(),
    status: jobStatus,
    started_at: z.string(),
  }),
  needs: ['hosts'],
  plan: (input, catalog) => {
    const host = catalog.host(input.host_id)
    return { verb: 'job.start', host, command: catalog.render(host, input.template_id, input.params) }
  },
  approvalOf: (input) => input.approval_request_id,
  execute: async ({ host, command }, { hosts }, { signal }) => {
    const job = await hosts.startJob(host, command, { signal })
    return {
      job_id: job.jobId,
      host_id: job.hostId,
      template_id: command.templateId,
      status: job.status,
      started_at: rfc3339(job.startedAt),
    }
  },
  note: ({ job_id }) => ({ status: 'ok', detail: { job_id } }),
})
