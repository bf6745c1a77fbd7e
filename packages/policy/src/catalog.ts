import { type CommandPlan, type Host, nearest, type Principal, printable, type SshMcpError } from '@sshmcp/kernel'
import { hostAllows, mayRunTemplate, mayUseHost, seesEverything } from './access.ts'
import { policyErrors } from './errors.ts'
import { rulesForFiles } from './files/decide-file.ts'
import type { FileRules } from './files/file-rules.ts'
import { parseSelector } from './label-selector.ts'
import type { ParamValue } from './param-value.ts'
import { renderTemplate } from './render.ts'
import type { Rules } from './rules.ts'
import type { Template } from './template.ts'
import { type TemplateView, viewTemplate } from './template-view.ts'

/** What is configured, as one principal may see it: unknown and forbidden give the same answer. */
export interface Catalog {
  /**
   * The hosts the caller may use; an auditor sees all.
   *
   * @throws INPUT_INVALID for a selector that is not `k=v[,k=v]`
   */
  hosts(labelSelector?: string): readonly Host[]
  /** @throws POLICY_HOST_UNKNOWN unless the caller may use it; candidates come from what the caller may use */
  host(id: string): Host
  /**
   * A host for the two lists, where an auditor sees every one. Never use it to reach a host.
   *
   * @throws POLICY_HOST_UNKNOWN
   */
  visibleHost(id: string): Host
  /** What may be done with files on a host. Whether the caller may is a decision of its own. */
  fileRules(host: Host): FileRules
  /** The templates the caller may run, on that host or on any; an auditor sees all. */
  templates(host?: Host): readonly TemplateView[]
  /**
   * The exact line that a template becomes on a host.
   *
   * @throws POLICY_TEMPLATE_UNKNOWN unless the caller may run it there, POLICY_PARAM_…, POLICY_LINE_TOO_LONG
   */
  render(host: Host, templateId: string, params: Readonly<Record<string, ParamValue>>): CommandPlan
}

/** The catalogue of one principal. Cheap: make one per call. */
export function catalogFor(principal: Principal, rules: Rules): Catalog {
  const isVisible = (host: Host) => seesEverything(principal) || mayUseHost(principal, host)
  const mayRunOn = (template: Template, host: Host) => mayRunTemplate(principal, template) && hostAllows(host, template)
  const find = (id: string, mayHave: (host: Host) => boolean): Host => {
    const found = rules.hosts.find(({ hostId }) => hostId === id)
    if (found && mayHave(found)) return found
    throw unknownHost(id, rules.hosts.filter(mayHave))
  }
  return {
    hosts: (labelSelector = '') => {
      const isSelected = parseSelector(labelSelector)
      return rules.hosts.filter((host) => isVisible(host) && isSelected(host.labels))
    },
    host: (id) => find(id, (host) => mayUseHost(principal, host)),
    visibleHost: (id) => find(id, isVisible),
    fileRules: (host) => rulesForFiles(rules, host.hostId),
    templates: (host) => rules.templates.filter(isListed(principal, rules, host)).map(viewTemplate),
    render: (host, templateId, params) => {
      const template = rules.templates.find((candidate) => candidate.templateId === templateId)
      if (template && mayRunOn(template, host)) return renderTemplate(template, host, params)
      throw unknownTemplate(
        templateId,
        host,
        rules.templates.filter((candidate) => mayRunOn(candidate, host)),
      )
    },
  }
}

/** Listed is what would run if it were called now; that a server is read-only is no secret, so `render` leaves it to decide. */
function isListed(principal: Principal, rules: Rules, host: Host | undefined): (template: Template) => boolean {
  const everything = seesEverything(principal)
  const usable = rules.hosts.filter((candidate) => everything || mayUseHost(principal, candidate))
  const hosts = host ? [host] : usable
  // Before the first host is added, the list is still worth reading.
  const somewhere = (template: Template) =>
    (host === undefined && rules.hosts.length === 0) || hosts.some((candidate) => hostAllows(candidate, template))
  return (template) => {
    if (everything) return host === undefined || hostAllows(host, template)
    return mayRunTemplate(principal, template) && !(rules.readOnly && template.risk !== 'low') && somewhere(template)
  }
}

function unknownHost(id: string, usable: readonly Host[]): SshMcpError {
  const ids = usable.map(({ hostId }) => hostId)
  return policyErrors.error('POLICY_HOST_UNKNOWN', {
    message: `There is no host ${shown(id)} that you may use.`,
    field: 'host_id',
    candidates: nearest(id.slice(0, 128), ids),
  })
}

function unknownTemplate(id: string, host: Host, runnable: readonly Template[]): SshMcpError {
  const candidates = nearest(
    id.slice(0, 128),
    runnable.map(({ templateId }) => templateId),
  )
  const near = candidates.length === 0 ? '' : ` Near it: ${candidates.join(', ')}.`
  return policyErrors.error('POLICY_TEMPLATE_UNKNOWN', {
    message: `There is no template ${shown(id)} that you may run on "${host.hostId}".${near}`,
    field: 'template_id',
    candidates,
  })
}

function shown(id: string): string {
  // Half of a token is no longer recognised as one, so that what is too long for a name is not shown at all.
  return id.length > 128 ? `of ${id.length} characters` : JSON.stringify(printable(id))
}
