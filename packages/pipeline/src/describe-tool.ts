import * as z from 'zod'
import type { JsonSchema, SealedTool, ToolHints, ToolSchemas } from './tool.ts'

/** A tool as MCP's `tools/list` shows it. */
export interface ToolDescription {
  readonly name: string
  readonly title: string
  readonly description: string
  readonly inputSchema: JsonSchema
  readonly outputSchema: JsonSchema
  readonly annotations: ToolHints
}

/** Describes a tool, with the schemas that were made ahead if it has any. */
export function describeTool(
  tool: Pick<SealedTool<never>, 'name' | 'title' | 'description' | 'input' | 'output' | 'annotations' | 'schemas'>,
): ToolDescription {
  const { name, title, description, annotations } = tool
  const { input, output } = tool.schemas ?? schemasOf(tool)
  return { name, title, description, inputSchema: input, outputSchema: output, annotations }
}

/**
 * Makes the JSON schemas (draft 7) of a tool. Clients validate a reply's structured content against the output schema even
 * when it is an error (the SDK's own client does), so the schema tells what fields are and demands none.
 */
export function schemasOf(tool: Pick<SealedTool<never>, 'input' | 'output'>): ToolSchemas {
  return { input: schemaOf(tool.input, 'input'), output: schemaOf(tool.output.extend(replyFields), 'output') }
}

/** What every successful reply has besides the tool's own fields. */
const replyFields = { audit_id: z.string() }

function schemaOf(schema: z.ZodObject, io: 'input' | 'output'): JsonSchema {
  const override = io === 'input' ? trimInput : trimOutput
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { io, target: 'draft-7', override })
  return rest
}

interface Trimmed {
  readonly jsonSchema: z.core.JSONSchema.BaseSchema
}

/** Every conversation pays for these bytes: what only repeats the type is left out. */
function trim({ jsonSchema }: Trimmed): void {
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum
  if (jsonSchema.propertyNames !== undefined) delete jsonSchema.propertyNames
}

/** How long a text may be and what it looks like is said by the error that refuses it; the description says what it is. */
function trimInput(trimmed: Trimmed): void {
  trim(trimmed)
  const { jsonSchema } = trimmed
  if (jsonSchema.type !== 'string') return
  delete jsonSchema.pattern
  delete jsonSchema.minLength
  delete jsonSchema.maxLength
}

function trimOutput(trimmed: Trimmed): void {
  trim(trimmed)
  const { jsonSchema } = trimmed
  delete jsonSchema.required
  if (jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties
  // In a reply a field without a type is text, or null where there is none; one with members or values shows what it is.
  const isPlain = jsonSchema.type === 'string' || jsonSchema.anyOf?.some(({ type }) => type === 'null') === true
  if (isPlain) delete jsonSchema.anyOf
  if (isPlain || jsonSchema.enum !== undefined) delete jsonSchema.type
}
