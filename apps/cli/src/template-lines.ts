import { printable } from '@sshmcp/kernel'
import type { TemplateView } from '@sshmcp/runtime'
import type { Terminal } from './terminal.ts'

/** A template as `--json` tells it, in the words of `list_templates`. */
export function templateDocument(view: TemplateView) {
  const { templateId, description, command, stdin, params, allowedRoles, riskLevel, needsApproval } = view
  return {
    template_id: templateId,
    description,
    command,
    ...(stdin === undefined ? {} : { stdin }),
    params,
    allowed_roles: allowedRoles === undefined ? null : [...allowedRoles],
    risk_level: riskLevel,
    needs_approval: needsApproval,
  }
}

/** The risk, padded to one width, in the colour of its weight. */
export function paintedRisk(risk: TemplateView['riskLevel'], { green, yellow, red }: Terminal['colors']): string {
  const paint = { low: green, medium: yellow, high: red }[risk]
  return paint(risk.padEnd(6))
}

/** A template in full, for a person. */
export function templateText(view: TemplateView, colors: Terminal['colors']): string {
  const { bold, dim } = colors
  const line = (label: string, text: string): string => `  ${dim(label.padEnd(9))} ${text}`
  const roles = view.allowedRoles === undefined ? 'every role' : [...view.allowedRoles].join(', ')
  const approval = view.needsApproval ? ', needs an approval for each run' : ''
  return [
    `${bold(view.templateId)}  ${printable(view.description)}`,
    line('command', printable(view.command)),
    ...(view.stdin === undefined ? [] : [line('stdin', printable(view.stdin))]),
    line('risk', `${paintedRisk(view.riskLevel, colors).trimEnd()}${approval}`),
    line('roles', roles),
    ...view.params.flatMap((param) => paramLines(param, colors)),
    '',
  ].join('\n')
}

function paramLines(param: TemplateView['params'][number], { bold, dim }: Terminal['colors']): readonly string[] {
  const { name, description, pattern, example, required, default: standIn } = param
  const state = required ? 'required' : `default ${JSON.stringify(standIn)}`
  const more = [`matches ${pattern}`, ...(example === '' ? [] : [`for example ${example}`])]
  return [
    `  ${bold(printable(name))}  ${dim(state)}${description === '' ? '' : `  ${printable(description)}`}`,
    ...more.map((text) => `    ${dim(printable(text))}`),
  ]
}
