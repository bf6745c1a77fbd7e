import { findValueFault } from '../param-value.ts'
import type { Template } from '../template.ts'
import type { TemplateEntry } from '../template-shape.ts'
import type { Complaint } from './finding.ts'
import { sample } from './pattern-rules.ts'

/** Rules about what the author tells: descriptions, examples, roles. */
export function textComplaints(template: Template): readonly Complaint[] {
  return [...descriptions(template), ...examples(template), ...roles(template)]
}

function descriptions({ description, params }: Template): readonly Complaint[] {
  const rule = 'description-missing'
  const own: readonly Complaint[] =
    description.trim() === ''
      ? [{ rule, message: 'The template has no description.', cure: 'Say in one sentence what it shows or changes.' }]
      : []
  const ofParams = params.filter((param) => param.description.trim() === '')
  return [
    ...own,
    ...ofParams.map(
      ({ name }) =>
        ({
          rule,
          param: name,
          message: `${name} has no description.`,
          cure: `Add param_info.${name}.description.`,
        }) as const,
    ),
  ]
}

function examples({ params }: Template): readonly Complaint[] {
  return params.flatMap((param): readonly Complaint[] => {
    const { name, example, pattern } = param
    if (example === '') {
      const value = sample(pattern.source)
      const cure = `Add param_info.${name}.example${value ? `, such as ${JSON.stringify(value)}` : ''}.`
      return [{ rule: 'example-missing', param: name, message: `${name} has no example.`, cure }]
    }
    const fault = findValueFault(param, example)
    if (!fault) return []
    return [
      {
        rule: 'example-refused',
        param: name,
        message: `The example of ${name} ${fault.what}.`,
        cure: 'Give a value that works: callers copy it.',
        counterExample: { value: example, effect: `is refused with ${fault.code}` },
      },
    ]
  })
}

function roles({ allowedRoles, risk }: Template): readonly Complaint[] {
  const rule = 'role-wider-than-risk'
  const cure = 'Leave the role out, so that the list says who really runs it.'
  const complaint = (role: string, why: string): Complaint => ({
    rule,
    message: `allowed_roles has ${role}: ${why}`,
    cure,
  })
  return [
    ...(allowedRoles?.has('developer') && risk !== 'low'
      ? [complaint('developer', `developers run templates of low risk only, and this is ${risk}.`)]
      : []),
    ...(allowedRoles?.has('auditor') ? [complaint('auditor', 'auditors see templates and run none.')] : []),
  ]
}

/** Rules about the command as written: braces that are no placeholders. */
export function braceComplaints(entry: TemplateEntry): readonly Complaint[] {
  const texts = [
    entry.command ?? '',
    ...(entry.argv ?? []),
    entry.cwd ?? '',
    entry.stdin ?? '',
    ...Object.values(entry.env ?? {}),
  ]
  return texts.flatMap((text) => [...undeclared(text, entry), ...escapedBraces(text)])
}

function undeclared(text: string, entry: TemplateEntry): readonly Complaint[] {
  const names = Array.from(
    text.replaceAll(/\{\{|\}\}/g, ' ').matchAll(/(?<!\$)\{([A-Za-z_][A-Za-z0-9_]*)\}/g),
    ([, name = '']) => name,
  )
  return names
    .filter((name) => !Object.hasOwn(entry.allowed_params, name))
    .map((name) => ({
      rule: 'placeholder-undeclared',
      param: name,
      message: `{${name}} is no parameter and is sent as it stands.`,
      cure: `Declare ${name} in allowed_params, or write {{${name}}} to say that the braces are meant.`,
    }))
}

function escapedBraces(text: string): readonly Complaint[] {
  const found = /(?<!\{)\{\{(?!\{)\s*(?:\.|json\b|range\b|if\b|with\b|end\b|printf\b|index\b|len\b|join\b)/.exec(text)
  if (!found) return []
  return [
    {
      rule: 'brace-escaped',
      message: `${JSON.stringify(found[0])} looks like another template language and loses one brace of each pair.`,
      cure: 'Double them: {{{{.Name}}}} is sent as {{.Name}}.',
    },
  ]
}
