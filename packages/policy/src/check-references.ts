import { type Host, nearest } from '@sshmcp/kernel'
import { configError } from './config-shape.ts'
import type { Template } from './template.ts'

/**
 * Refuses a host that allows a template which does not exist: it would look like a permission and be none.
 *
 * @throws CONFIG_INVALID naming the hosts' source and path
 */
export function checkReferences(hosts: readonly Host[], templates: readonly Template[], hostsSource: string): void {
  const known = new Set(templates.map(({ templateId }) => templateId))
  for (const [index, { allowedTemplates = [] }] of hosts.entries()) {
    for (const [at, templateId] of [...allowedTemplates].entries()) {
      if (known.has(templateId)) continue
      const [near] = nearest(templateId, known)
      const cure = near === undefined ? undefined : `Did you mean ${JSON.stringify(near)}?`
      throw configError(hostsSource, [index, 'allowed_templates', at], 'names no template_id', cure)
    }
  }
}
