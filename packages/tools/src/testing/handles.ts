import type { Reply } from '@sshmcp/pipeline'

type Call = (tool: string, args: Readonly<Record<string, unknown>>) => Promise<Reply>

/** Opens a session on staging-1 and gives its id. */
export async function openedSession(call: Call): Promise<string> {
  return textOf(await call('ssh_connect', { host_id: 'staging-1' }), 'session_id')
}

/** Starts a job on staging-1 and gives its id. */
export async function startedJob(call: Call, template_id = 'slow'): Promise<string> {
  return textOf(await call('run_ssh_command_background', { host_id: 'staging-1', template_id }), 'job_id')
}

/** One text of a reply. */
export function textOf(reply: Reply, field: string): string {
  if (reply.isError) throw new Error(`${reply.error.code}: ${reply.error.message}`)
  return String(reply.result[field])
}
