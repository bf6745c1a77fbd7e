import type { ResultNote } from '@sshmcp/pipeline'
import type { ExecOutcome } from '@sshmcp/sessions'
import * as z from 'zod'

/** The fields of a finished command, as replies show them. */
export const execResultFields = {
  exit_code: z.int().nullable().describe('null after a signal or a timeout'),
  signal: z.string().nullable(),
  stdout: z.string(),
  stderr: z.string(),
  duration_ms: z.int(),
  timed_out: z.boolean(),
  remote_process: z.enum(['dead', 'alive', 'unknown']).optional().describe('only after a timeout or cancel'),
  truncated: z.boolean(),
  redactions: z.record(z.string(), z.int()).describe('masked or removed, by rule'),
  job_id: z.string().optional().describe('handle to all captured output, for poll_background_job'),
}

const execResult = z.object(execResultFields)

export function execResultOf(outcome: ExecOutcome): z.input<typeof execResult> {
  return {
    exit_code: outcome.exitCode,
    signal: outcome.signal,
    stdout: outcome.stdout,
    stderr: outcome.stderr,
    duration_ms: Math.round(outcome.durationMs),
    timed_out: outcome.timedOut,
    ...(outcome.remoteProcess === undefined ? {} : { remote_process: outcome.remoteProcess }),
    truncated: outcome.truncated,
    redactions: {
      ...outcome.redactions,
      ...(outcome.cleaned === 0 ? {} : { control_characters: outcome.cleaned }),
    },
    ...(outcome.jobId === undefined ? {} : { job_id: outcome.jobId }),
  }
}

/** What the journal keeps of it: how it ended, never what it printed. */
export function execNote(result: z.output<typeof execResult>): ResultNote {
  return {
    status: statusOf(result),
    detail: {
      exit_code: result.exit_code,
      signal: result.signal,
      truncated: result.truncated,
      ...(result.remote_process === undefined ? {} : { remote_process: result.remote_process }),
    },
  }
}

/** What became of the process is told after a timeout and after a cancel alone. */
function statusOf({ timed_out, remote_process }: z.output<typeof execResult>): ResultNote['status'] {
  if (timed_out) return 'timeout'
  return remote_process === undefined ? 'ok' : 'cancelled'
}
