import type { Action, ActionOf, Risk, Verb } from '@sshmcp/kernel'
import type { Catalog } from '@sshmcp/policy'
import type * as z from 'zod'
import type { KeyRules } from './key-rules.ts'
import type { CallStatus } from './ports.ts'
import type { AskPerson } from './question.ts'

/** MCP's four hints, all required: their defaults are the worst case. */
export interface ToolHints {
  readonly readOnlyHint: boolean
  readonly destructiveHint: boolean
  readonly idempotentHint: boolean
  readonly openWorldHint: boolean
}

export type JsonSchema = Readonly<Record<string, unknown>>

/** What a tool takes and gives, as MCP's `tools/list` says it. */
export interface ToolSchemas {
  readonly input: JsonSchema
  readonly output: JsonSchema
}

/** What a running tool may ask of its call. */
export interface RunningCall {
  /** Fires when the client cancels or the server stops. */
  readonly signal: AbortSignal
  /** Tells the client how far it is; `total` 0 means unknown. */
  progress(done: number, total: number, text: string): void
  /** Asks the person in front of the client, where the client offers forms. */
  readonly ask: AskPerson | undefined
}

/** What the journal keeps of a result. */
export interface ResultNote {
  readonly status: CallStatus
  readonly detail: Readonly<Record<string, string | number | boolean | null>>
}

/** What a tool plans with: the caller's catalogue, and the plans of other tools. */
export interface Planner extends Catalog {
  readonly keys: KeyRules
  /**
   * What another tool would do with these arguments, parsed and planned as in a real call. Nothing that decides or asks
   * can be planned for.
   *
   * @throws INPUT_INVALID with fields below `arguments`, and what that tool's plan throws
   */
  planFor(toolName: string, args: Readonly<Record<string, unknown>>): Action
}

/** A tool: what it takes and gives, what it would do, and how it does it. */
export interface Tool<
  S,
  V extends Verb = Verb,
  Needs extends keyof S = keyof S,
  I extends z.ZodObject = z.ZodObject,
  O extends z.ZodObject = z.ZodObject,
> {
  readonly name: string
  readonly title: string
  readonly description: string
  /** `model`: registered with MCP. `person`: called by commands and pages, travels the same road. */
  readonly surface: 'model' | 'person'
  /** The least risk of any call; a template's own risk can raise it. */
  readonly risk: Risk
  readonly annotations: ToolHints
  readonly verb: V
  readonly input: I
  readonly output: O
  readonly needs: readonly Needs[]
  /** Pure: what would happen. Throws coded errors for what cannot be planned. */
  plan(input: z.output<I>, planner: Planner): ActionOf<V>
  /** Where this tool's input names the approval to spend. */
  approvalOf?(input: z.output<I>): string
  /**
   * Looks whether anything that is known on our side stands in the way, before an approval is used up. Changes nothing and
   * connects to no host. Throws the coded error that `execute` would.
   */
  check?(action: ActionOf<V>, services: Pick<S, Needs>, call: RunningCall): Promise<void>
  execute(action: ActionOf<V>, services: Pick<S, Needs>, call: RunningCall): Promise<z.input<O>>
  /** Without it a result is noted as `ok` with no detail. */
  note?(result: z.output<O>): ResultNote
}

/** A tool whose own types are sealed: all that the road may do with it. */
export interface SealedTool<S> {
  readonly name: string
  readonly title: string
  readonly description: string
  readonly surface: 'model' | 'person'
  readonly risk: Risk
  readonly annotations: ToolHints
  readonly verb: Verb
  readonly input: z.ZodObject
  readonly output: z.ZodObject
  /** Made ahead of time, so that no start makes them anew; left out, they are made when the tool is described. */
  readonly schemas?: ToolSchemas
  readonly needs: readonly (keyof S)[]
  /** Parses and plans in one go, so that no unparsed input can be planned. @throws ZodError and what `plan` throws */
  prepare(args: unknown): PreparedCall<S>
}

/** One call of one tool with valid input. */
export interface PreparedCall<S> {
  readonly approvalRequestId: string | undefined
  plan(planner: Planner): PlannedCall<S>
}

/** One call whose action is decided; it can be executed with exactly that action and no other. */
export interface PlannedCall<S> {
  readonly action: ActionOf<Verb>
  /** @throws what stands in the way, as far as that is known without touching anything */
  check(services: S, call: RunningCall): Promise<void>
  execute(
    services: S,
    call: RunningCall,
  ): Promise<{ readonly result: Record<string, unknown>; readonly note: ResultNote }>
}
