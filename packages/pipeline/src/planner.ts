import { type Action, isSshMcpError, kernelErrors } from '@sshmcp/kernel'
import type { Catalog } from '@sshmcp/policy'
import * as z from 'zod'
import { inputError } from './input-error.ts'
import type { KeyRules } from './key-rules.ts'
import type { Planner, SealedTool } from './tool.ts'

interface PlannerParts<S> {
  readonly catalog: Catalog
  readonly tools: ReadonlyMap<string, SealedTool<S>>
  readonly keys: KeyRules
}

/** A catalogue that can also look through the other tools. */
export function plannerOf<S>({ catalog, tools, keys }: PlannerParts<S>): Planner {
  const planFor = (toolName: string, args: Readonly<Record<string, unknown>>): Action => {
    const tool = tools.get(toolName)
    if (tool === undefined || tool.surface !== 'model' || tool.verb.startsWith('approval.')) {
      throw kernelErrors.error('INPUT_INVALID', {
        message: `${JSON.stringify(toolName.slice(0, 80))} is not a tool that an approval can be asked for.`,
        field: 'action',
      })
    }
    return prepared(tool, args).plan(planner).action
  }
  const planner: Planner = { ...catalog, keys, planFor }
  return planner
}

/** The approval itself is not there yet: a tool that wants one is planned as if it were. */
function prepared<S>(tool: SealedTool<S>, args: Readonly<Record<string, unknown>>) {
  const wantsApproval = 'approval_request_id' in tool.input.shape
  try {
    return tool.prepare(wantsApproval ? { ...args, approval_request_id: '' } : args)
  } catch (error) {
    if (error instanceof z.ZodError) throw below('arguments', inputError(error, tool.input))
    throw error
  }
}

function below(path: string, error: unknown): unknown {
  if (!isSshMcpError(error)) return error
  const { message, next, field, candidates } = error
  return kernelErrors.error('INPUT_INVALID', {
    message,
    next,
    field: field === undefined ? path : `${path}.${field}`,
    ...(candidates === undefined ? {} : { candidates }),
  })
}
