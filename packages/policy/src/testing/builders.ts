import type { Host } from '@sshmcp/kernel'
import { parsePolicy } from '../policy-config.ts'
import type { Rules } from '../rules.ts'
import type { Template } from '../template.ts'
import { parseTemplates } from '../template-config.ts'

/** A template from the keys of `templates.json` that matter to a test; `df -h` of low risk where it says nothing. */
export function aTemplate(keys: Readonly<Record<string, unknown>> = {}): Template {
  const entry = {
    template_id: 'disk_usage',
    risk_level: 'low',
    ...('argv' in keys ? {} : { command: 'df -h' }),
    ...keys,
  }
  const [template] = parseTemplates(JSON.stringify([entry]), 'aTemplate')
  if (!template) throw new RangeError('one entry makes one template')
  return template
}

/** Rules with the default policy. */
export function rulesOf(hosts: readonly Host[], templates: readonly Template[], readOnly = false): Rules {
  return { hosts, templates, policy: parsePolicy(undefined), readOnly }
}
