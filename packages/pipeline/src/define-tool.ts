import type { Verb } from '@sshmcp/kernel'
import type * as z from 'zod'
import type { ResultNote, SealedTool, Tool } from './tool.ts'

type ToolDefinition<S, V extends Verb, Needs extends keyof S, I extends z.ZodObject, O extends z.ZodObject> = Omit<
  Tool<S, V, Needs, I, O>,
  'surface'
> & { readonly surface?: 'model' | 'person' }

const plain: ResultNote = { status: 'ok', detail: {} }

/**
 * Makes the `defineTool` of a family of tools that share the services `S`. A tool that uses a service it did not ask
 * for, or that has no risk or hints, does not compile.
 */
export function toolFactory<S>() {
  return <V extends Verb, Needs extends keyof S, I extends z.ZodObject, O extends z.ZodObject>(
    definition: ToolDefinition<S, V, Needs, I, O>,
  ): SealedTool<S> => ({
    name: definition.name,
    title: definition.title,
    description: definition.description,
    surface: definition.surface ?? 'model',
    risk: definition.risk,
    annotations: definition.annotations,
    verb: definition.verb,
    input: definition.input,
    output: definition.output,
    needs: definition.needs,
    prepare: (args) => {
      const input = definition.input.parse(args)
      const named = definition.approvalOf?.(input)
      return {
        approvalRequestId: named === '' ? undefined : named,
        plan: (planner) => {
          const action = definition.plan(input, planner)
          return {
            action,
            check: async (services, call) => definition.check?.(action, services, call),
            execute: async (services, call) => {
              const result = definition.output.parse(await definition.execute(action, services, call))
              return { result, note: definition.note?.(result) ?? plain }
            },
          }
        },
      }
    },
  })
}
