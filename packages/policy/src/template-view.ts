import type { Risk, Role, TemplateId } from '@sshmcp/kernel'
import type { Template, TemplateParam } from './template.ts'

/** A parameter as a caller needs to know it to get the first call right. */
export interface ParamView {
  readonly name: string
  /** Matched against the whole value. */
  readonly pattern: string
  readonly description: string
  readonly example: string
  /** True when a value has to be sent. */
  readonly required: boolean
  /** Used where no value is sent. */
  readonly default?: string
}

/** A template as a caller needs to know it. */
export interface TemplateView {
  readonly templateId: TemplateId
  readonly description: string
  /** As the author wrote it; argv joined readably. */
  readonly command: string
  /** What goes to its standard input, as the author wrote it; left out where nothing does. */
  readonly stdin?: string
  readonly params: readonly ParamView[]
  /** Undefined: every role. */
  readonly allowedRoles: ReadonlySet<Role> | undefined
  readonly riskLevel: Risk
  readonly needsApproval: boolean
}

/** What may be told about a template. */
export function viewTemplate(template: Template): TemplateView {
  return {
    templateId: template.templateId,
    description: template.description,
    command: template.shown,
    ...(template.shownStdin === '' ? {} : { stdin: template.shownStdin }),
    params: template.params.map(viewParam),
    allowedRoles: template.allowedRoles,
    riskLevel: template.risk,
    needsApproval: template.risk === 'high',
  }
}

function viewParam(param: TemplateParam): ParamView {
  const { name, pattern, description, example } = param
  return {
    name,
    pattern: pattern.source,
    description,
    example,
    required: param.default === undefined,
    ...(param.default === undefined ? {} : { default: param.default }),
  }
}
