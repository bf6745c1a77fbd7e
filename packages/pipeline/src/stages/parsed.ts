import * as z from 'zod'
import { inputError } from '../input-error.ts'
import type { PreparedCall, SealedTool } from '../tool.ts'
import type { Authenticated } from './authenticated.ts'

/** The input has the tool's form. */
export class Parsed<S> {
  readonly caller: Authenticated
  readonly tool: SealedTool<S>
  readonly prepared: PreparedCall<S>

  private constructor(caller: Authenticated, tool: SealedTool<S>, prepared: PreparedCall<S>) {
    this.caller = caller
    this.tool = tool
    this.prepared = prepared
  }

  /** @throws INPUT_INVALID */
  static from<S>(caller: Authenticated, tool: SealedTool<S>, args: unknown): Parsed<S> {
    try {
      return new Parsed(caller, tool, tool.prepare(args))
    } catch (error) {
      throw error instanceof z.ZodError ? inputError(error, tool.input) : error
    }
  }
}
