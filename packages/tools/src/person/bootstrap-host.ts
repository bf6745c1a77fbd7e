import * as z from 'zod'
import { defineTool } from '../define-tool.ts'
import { hostIdField } from '../fields.ts'

export default defineTool({
  name: 'bootstrap_host',
  title: 'Write the script that makes a host trust the CA',
  description:
    'Write a script for a person to run as root on the host. It holds a certificate for one test login that can run `true`.',
  surface: 'person',
  risk: 'medium',
  annotations: { readOnlyHint: false, destructiveHint: false, idempotentHint: true, openWorldHint: false },
  verb: 'cert.bootstrap',
  input: z.strictObject({ host_id: hostIdField }),
  output: z.object({ host_id: z.string(), script: z.string() }),
  needs: ['certificates'],
  plan: ({ host_id }, catalog) => ({ verb: 'cert.bootstrap', host: catalog.host(host_id) }),
  execute: async ({ host }, { certificates }, { signal }) => ({
    host_id: host.hostId,
    script: await certificates.bootstrap(host, signal),
  }),
})
