import { rfc3339 } from '@sshmcp/kernel'
import type { JobView } from '@sshmcp/sessions'
import * as z from 'zod'

export const jobStatus = z.enum(['running', 'completed', 'failed', 'cancelled', 'expired'])
export const remoteProcess = z.enum(['dead', 'alive', 'unknown'])

/** A job without its output, as replies show it. */
export const jobFields = {
  job_id: z.string(),
  host_id: z.string(),
  template_id: z.string(),
  status: jobStatus,
  started_at: z.string(),
  exit_code: z.int().nullable(),
  signal: z.string().nullable(),
  running_seconds: z.int(),
  failure: z.string().optional().describe('why it failed'),
}

export function jobOf(view: JobView) {
  return {
    job_id: view.jobId,
    host_id: view.hostId,
    template_id: view.templateId,
    status: view.status,
    started_at: rfc3339(view.startedAt),
    exit_code: view.exitCode,
    signal: view.signal,
    running_seconds: Math.floor(view.runningSeconds),
    ...(view.failure === undefined ? {} : { failure: `${view.failure.code}: ${view.failure.message}` }),
  }
}
