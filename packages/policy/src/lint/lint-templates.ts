import { isSshMcpError, type SshMcpError } from '@sshmcp/kernel'
import * as z from 'zod'
import { readConfig } from '../config-shape.ts'
import { compilePattern } from '../pattern.ts'
import { cutPlaceholders } from '../placeholder.ts'
import { findMisplaced } from '../shell-context.ts'
import { parseTemplates } from '../template-config.ts'
import { type TemplateEntry, templatesShape } from '../template-shape.ts'
import { commandComplaints } from './command-rules.ts'
import { type Complaint, type Finding, lintRules } from './finding.ts'
import { pathComplaints } from './path-rules.ts'
import { patternComplaints } from './pattern-rules.ts'
import { braceComplaints, textComplaints } from './text-rules.ts'

/**
 * Reads `templates.json` as a reviewer would and tells what is unsafe, mistaken or missing, each with a value that
 * shows it where there is one.
 *
 * Never throws for what the text holds: an entry that the server would refuse is a finding too, and the others are
 * looked at all the same.
 */
export function lintTemplates(text: string, source = 'templates.json'): readonly Finding[] {
  const entries = attempt(() => readConfig({ text, source }, z.array(z.unknown())))
  if (isSshMcpError(entries)) return [place({ rule: 'invalid', message: entries.message, cure: entries.next })]
  return [...entries.flatMap((entry, index) => lintEntry(entry, index)), ...repeatedIds(entries)]
}

function lintEntry(entry: unknown, index: number): readonly Finding[] {
  const text = JSON.stringify([entry])
  const where = { index, ...idOf(entry) }
  // The path begins with the number of the only entry read here, which is not its number in the file.
  const refused = ({ message, next }: SshMcpError): Complaint => ({
    rule: 'invalid',
    message: message.replace(/^template: \[0\]\.?/, ''),
    cure: next.replaceAll(/\[0\]\.?/g, '').replace(' in template', ''),
  })
  const shaped = attempt(() => readConfig({ text, source: 'template' }, templatesShape()))
  if (isSshMcpError(shaped)) return [place(refused(shaped), where)]
  const [shape] = shaped
  if (!shape) return []
  const outdated = [...patternFaults(shape), ...misplaced(shape), ...braceComplaints(shape)]
  const templates = attempt(() => parseTemplates(text, 'template'))
  if (isSshMcpError(templates)) {
    const isExplained = outdated.some(({ rule }) => lintRules[rule].severity === 'error')
    return [...outdated, ...(isExplained ? [] : [refused(templates)])].map((complaint) => place(complaint, where))
  }
  const complaints = templates.flatMap((template) => [
    ...outdated,
    ...template.params.flatMap(patternComplaints),
    ...commandComplaints(template),
    ...pathComplaints(template),
    ...textComplaints(template),
  ])
  return complaints.map((complaint) => place(complaint, where))
}

function patternFaults({ allowed_params: patterns }: TemplateEntry): readonly Complaint[] {
  return Object.entries(patterns).flatMap(([name, source]): readonly Complaint[] => {
    const pattern = compilePattern(source)
    if (!('fault' in pattern)) return []
    return [
      {
        rule: 'pattern-not-linear',
        param: name,
        message: `The pattern of ${name} ${pattern.fault}.`,
        cure: 'Write it without look-around, back-references, \\Z and repeats over 1000; the whole value is matched.',
      },
    ]
  })
}

function misplaced({ command, allowed_params: patterns }: TemplateEntry): readonly Complaint[] {
  if (command === undefined) return []
  const found = findMisplaced(cutPlaceholders(command, new Set(Object.keys(patterns))).map(({ piece }) => piece))
  if (!found || 'unclosed' in found) return []
  return [
    {
      rule: 'placeholder-misplaced',
      param: found.param,
      message: `{${found.param}} ${found.why}.`,
      cure: `Write {${found.param}} as a word of its own, without quotes around it, or use argv.`,
      counterExample: {
        value: '$(reboot)',
        effect:
          'where a placeholder was pasted between quotes, a value like this was run by the shell; now it is refused at start',
      },
    },
  ]
}

function repeatedIds(entries: readonly unknown[]): readonly Finding[] {
  const seen = new Set<string>()
  return entries.flatMap((entry, index): readonly Finding[] => {
    const { templateId } = idOf(entry)
    if (templateId === undefined) return []
    const isRepeated = seen.has(templateId)
    seen.add(templateId)
    if (!isRepeated) return []
    const complaint = {
      rule: 'invalid',
      message: 'The template_id stands there twice.',
      cure: 'Rename one of them.',
    } as const
    return [place(complaint, { index, templateId })]
  })
}

function idOf(entry: unknown): { readonly templateId?: string } {
  if (typeof entry !== 'object' || entry === null || !('template_id' in entry)) return {}
  return typeof entry.template_id === 'string' ? { templateId: entry.template_id } : {}
}

function place(complaint: Complaint, where: { readonly index?: number; readonly templateId?: string } = {}): Finding {
  return { severity: lintRules[complaint.rule].severity, ...complaint, ...where }
}

/** The value, or the coded error that kept it from being there. */
function attempt<Value>(run: () => Value): Value | SshMcpError {
  try {
    return run()
  } catch (error) {
    if (isSshMcpError(error)) return error
    throw error
  }
}
