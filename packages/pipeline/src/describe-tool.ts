import { z } from 'zod'
import type { SealedTool, ToolHints } from './tool.ts'

export type JsonSchema = Readonly<Record<string, unknown>>

/** A tool as MCP's `tools/list` shows it. */
export interface ToolDescription {
  readonly name: string
  readonly title: string
  readonly description: string
  readonly inputSchema: JsonSchema
  readonly outputSchema: JsonSchema
  readonly annotations: ToolHints & { readonly title: string }
}

/**
 * Describes a tool. Clients validate a reply's structured content against the output schema even when it is an error
 * (the SDK's own client does), so the schema allows both shapes.
 */
export function describeTool(
  tool: Pick<SealedTool<never>, 'name' | 'title' | 'description' | 'input' | 'output' | 'annotations'>,
): ToolDescription {
  const { name, title, description, annotations } = tool
  return {
    name,
    title,
    description,
    inputSchema: schemaOf(tool.input, 'input'),
    outputSchema: replySchema(schemaOf(tool.output, 'output')),
    annotations: { title, ...annotations },
  }
}

function schemaOf(schema: z.ZodObject, io: 'input' | 'output'): JsonSchema {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { io, target: 'draft-7', override: trim })
  return rest
}

/** Every conversation pays for these bytes: what only repeats the type is left out. */
function trim({ jsonSchema }: { readonly jsonSchema: z.core.JSONSchema.BaseSchema }): void {
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum
  if (jsonSchema.propertyNames !== undefined) delete jsonSchema.propertyNames
}

function replySchema(result: JsonSchema): JsonSchema {
  const { required, properties, ...rest } = result
  const fields = [...(Array.isArray(required) ? required : []), 'audit_id']
  return {
    ...rest,
    properties: {
      ...(typeof properties === 'object' ? properties : {}),
      audit_id: { type: 'string' },
      audit_complete: { type: 'boolean' },
      error: { type: 'object' },
    },
    anyOf: [{ required: fields }, { required: ['error'] }],
  }
}
