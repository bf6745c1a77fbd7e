import type { FileTransfer } from '@sshmcp/kernel'
import * as z from 'zod'
import { defineTool } from '../define-tool.ts'
import { hostIdField, inputMissing, optionalSessionField, remotePathField } from '../fields.ts'
import { receive, send } from '../transfer/transfer.ts'

/** Both directions: which one it is only a call tells. */
const verb = (): 'file.read' | 'file.write' => 'file.write'

export default defineTool({
  name: 'transfer_file',
  title: 'Move a file to or from a host',
  description:
    'Transfer one file (upload or download) between an SSH host and the local transfer folder, not through this conversation: exact, not redacted, ' +
    'checked by SHA-256, named only when complete. Only below the host’s allowed paths.',
  risk: 'medium',
  annotations: { readOnlyHint: false, destructiveHint: true, idempotentHint: false, openWorldHint: false },
  verb: verb(),
  input: z.strictObject({
    host_id: hostIdField,
    direction: z.enum(['upload', 'download']),
    remote_path: remotePathField,
    local_path: z
      .string()
      .max(4096)
      .default('')
      .describe('Relative to the transfer folder; for a download "" is <host_id>/<file name>'),
    justification: z.string().max(2000).default('').describe('Why; a download needs it'),
    session_id: optionalSessionField,
    overwrite: z.boolean().default(false).describe('Replace a file of that name'),
  }),
  output: z.object({
    host_id: z.string(),
    status: z.enum(['completed']),
    bytes: z.int(),
    sha256: z.string(),
    local_path: z.string().describe('absolute'),
    remote_path: z.string(),
    download_url: z.string().optional().describe('GET it with your token, for an hour'),
    compared: z
      .enum(['host', 'read back', 'size'])
      .describe('the second reading: by the host, by us, or none but the size'),
  }),
  needs: ['hosts', 'catalog', 'localFiles', 'downloads', 'ids'],
  plan: (input, catalog) => {
    const host = catalog.host(input.host_id)
    const isDownload = input.direction === 'download'
    if (input.local_path === '' && !isDownload) throw inputMissing('local_path', 'names the file to upload')
    const name = input.remote_path.slice(input.remote_path.lastIndexOf('/') + 1)
    const transfer: FileTransfer = {
      host,
      remotePath: input.remote_path,
      localPath: input.local_path === '' ? `${host.hostId}/${name}` : input.local_path,
      overwrite: input.overwrite,
      justification: input.justification,
      ...(input.session_id === '' ? {} : { sessionId: input.session_id }),
    }
    return { verb: isDownload ? 'file.read' : 'file.write', ...transfer }
  },
  execute: async (action, { hosts, catalog, localFiles, downloads, ids }, call) => {
    const deps = { hosts, localFiles, ids, rules: catalog.fileRules(action.host) }
    const work = action.verb === 'file.read' ? receive : send
    const { bytes, sha256, localPath, compared } = await work(action, deps, call)
    const url = action.verb === 'file.read' ? downloads.offer(localPath) : undefined
    return {
      host_id: action.host.hostId,
      status: 'completed' as const,
      bytes,
      sha256,
      local_path: localPath,
      remote_path: action.remotePath,
      compared,
      ...(url === undefined ? {} : { download_url: url }),
    }
  },
  note: ({ bytes, sha256, local_path, compared }) => ({
    status: 'ok',
    detail: { bytes, sha256, stored_at: local_path, compared },
  }),
})
