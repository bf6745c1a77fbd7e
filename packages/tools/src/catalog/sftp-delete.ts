import * as z from 'zod'
import { defineTool } from '../define-tool.ts'
import { hostIdField, optionalSessionField, remotePathField } from '../fields.ts'
import { removeFile } from '../transfer/remove-file.ts'

export default defineTool({
  name: 'sftp_delete',
  title: 'Delete a file on a host',
  description:
    'Delete one file on an SSH host, for good. Never a folder; of a symlink the link, not its target. Only below the host’s allowed paths, and no ' +
    'blocked extension.',
  risk: 'medium',
  annotations: { readOnlyHint: false, destructiveHint: true, idempotentHint: false, openWorldHint: false },
  verb: 'file.delete',
  input: z.strictObject({
    host_id: hostIdField,
    remote_path: remotePathField,
    justification: z.string().max(2000).describe('Why'),
    session_id: optionalSessionField,
  }),
  output: z.object({ host_id: z.string(), remote_path: z.string(), status: z.enum(['deleted']) }),
  needs: ['hosts', 'catalog'],
  plan: ({ host_id, remote_path, justification, session_id }, catalog) => ({
    verb: 'file.delete',
    host: catalog.host(host_id),
    remotePath: remote_path,
    justification,
    ...(session_id === '' ? {} : { sessionId: session_id }),
  }),
  execute: async ({ host, remotePath, sessionId }, { hosts, catalog }, { signal }) => {
    const reach = { signal, ...(sessionId === undefined ? {} : { sessionId }) }
    await hosts.sftp(host, reach, (channel, within) =>
      removeFile({ channel, signal: within }, catalog.fileRules(host), remotePath),
    )
    return { host_id: host.hostId, remote_path: remotePath, status: 'deleted' as const }
  },
})
