import type { SealedTool } from '@sshmcp/pipeline'
import * as z from 'zod'
import { banner, table } from './markdown.ts'

/** What the page needs of a tool. */
export type ListedTool = Pick<SealedTool<never>, 'name' | 'title' | 'description' | 'risk' | 'input' | 'output'>

type Field = { readonly name: string; readonly type: string; readonly preset: string; readonly about: string }

const typeOf = (schema: z.core.JSONSchema._JSONSchema): string => {
  if (typeof schema === 'boolean') return 'any'
  const listed = schema.enum?.map((value) => JSON.stringify(value)).join(', ')
  if (listed !== undefined) return listed
  const options = schema.anyOf ?? schema.oneOf
  if (options !== undefined) return options.map(typeOf).join(' or ')
  const { minimum, maximum } = schema
  // zod bounds every integer by what a double can hold; that says nothing to a reader.
  const isBounded = minimum !== undefined && maximum !== undefined && maximum < Number.MAX_SAFE_INTEGER
  const range = isBounded ? `, ${minimum} to ${maximum}` : ''
  return `${schema.type ?? 'any'}${range}`
}

const fieldOf = (name: string, property: z.core.JSONSchema._JSONSchema, isRequired: boolean): Field => {
  const { default: preset, description } = typeof property === 'boolean' ? {} : property
  const unset = isRequired ? 'required' : 'optional'
  return {
    name,
    type: typeOf(property),
    preset: preset === undefined ? unset : `\`${JSON.stringify(preset)}\``,
    about: description ?? '',
  }
}

const fieldsOf = (input: z.ZodObject): readonly Field[] => {
  const { properties = {}, required = [] } = z.toJSONSchema(input, { io: 'input', unrepresentable: 'any' })
  return Object.entries(properties).map(([name, property]) => fieldOf(name, property, required.includes(name)))
}

const section = (tool: ListedTool): string => {
  const fields = fieldsOf(tool.input)
  const inputs =
    fields.length === 0
      ? 'No input.'
      : table(
          ['Input', 'Type', 'Default', 'What it is'],
          fields.map(({ name, type, preset, about }) => [`\`${name}\``, type, preset, about]),
        )
  const outputs = Object.keys(tool.output.shape).map((name) => `\`${name}\``)
  return [
    `## ${tool.name}`,
    `${tool.title}. Risk: ${tool.risk}.`,
    tool.description,
    inputs,
    `Output: ${outputs.join(', ')}.`,
  ].join('\n\n')
}

/** `docs/tools.md`: what each tool takes and gives, read from the tools themselves. */
export const toolsPage = (tools: readonly ListedTool[]): string => {
  const overview = table(
    ['Tool', 'Risk', 'What it does'],
    tools.map(({ name, risk, title }) => [`[\`${name}\`](#${name})`, risk, title]),
  )
  const intro = 'Every output also has `audit_id`, the entry of the journal that tells of the call.'
  return `${[banner('packages/tools/src/catalog'), '# Tools', intro, overview, ...tools.map(section)].join('\n\n')}\n`
}
