import * as z from 'zod'
import { defineTool } from '../define-tool.ts'
import { jobFields, jobOf } from '../job-result.ts'

export default defineTool({
  name: 'list_background_jobs',
  title: 'List background jobs',
  description: 'List your background jobs and kept outputs, oldest first. Next: poll_background_job(job_id).',
  risk: 'low',
  annotations: { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false },
  verb: 'job.read',
  input: z.strictObject({}),
  output: z.object({ jobs: z.array(z.object(jobFields)) }),
  needs: ['hosts'],
  plan: () => ({ verb: 'job.read', cursor: '', waitSeconds: 0 }),
  execute: async (_action, { hosts }) => ({ jobs: hosts.jobs().map(jobOf) }),
})
