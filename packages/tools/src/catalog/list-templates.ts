import { risks, roles } from '@sshmcp/kernel'
import * as z from 'zod'
import { defineTool } from '../define-tool.ts'

const param = z.object({
  name: z.string(),
  pattern: z.string(),
  description: z.string(),
  example: z.string(),
  required: z.boolean(),
})

const template = z.object({
  template_id: z.string(),
  description: z.string(),
  command: z.string(),
  params: z.array(param),
  allowed_roles: z.array(z.enum(roles)),
  risk_level: z.enum(risks),
  needs_approval: z.boolean(),
})

export default defineTool({
  name: 'list_templates',
  title: 'List command templates',
  description:
    'List the approved command templates that you may run (on one host): command, parameters with pattern and example, risk, whether a person must ' +
    'approve each run. Next: run_ssh_command(host_id, template_id, params).',
  risk: 'low',
  annotations: { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false },
  verb: 'catalog.read',
  input: z.strictObject({
    host_id: z.string().default('').describe('Only those for this host; "": all'),
  }),
  output: z.object({ templates: z.array(template), next: z.string().optional() }),
  needs: ['catalog'],
  plan: ({ host_id }, catalog) => ({
    verb: 'catalog.read',
    what: 'templates',
    ...(host_id === '' ? {} : { host: catalog.visibleHost(host_id) }),
  }),
  execute: async (action, { catalog }) => {
    const templates = catalog.templates(action.what === 'templates' ? action.host : undefined).map((view) => ({
      template_id: view.templateId,
      description: view.description,
      command: view.command,
      params: view.params.map(({ name, pattern, description, example, required }) => ({
        name,
        pattern,
        description,
        example,
        required,
      })),
      allowed_roles: [...(view.allowedRoles ?? roles)],
      risk_level: view.riskLevel,
      needs_approval: view.needsApproval,
    }))
    return templates.length > 0 ? { templates } : { templates, next: whenEmpty }
  },
})

const whenEmpty =
  'No template is allowed for you here. A person adds one with `sshmcp templates add PACK` (or in templates.json) and restarts the server.'
