import type { Risk, Role, TemplateId } from '@sshmcp/kernel'
import type { Pattern } from './pattern.ts'
import type { Piece } from './placeholder.ts'

/** A parameter of a template: what it takes and how to tell somebody. */
export interface TemplateParam {
  readonly name: string
  readonly pattern: Pattern
  readonly description: string
  readonly example: string
  /** Stands in where no value, or an empty one, is given; undefined: a value is required. */
  readonly default: string | undefined
  /** In characters. */
  readonly maxLength: number
  readonly allowLeadingDash: boolean
  readonly allowDotDot: boolean
}

/** A word made of literal pieces and parameters. */
export type Word = readonly Piece[]

/** How the line is made: a shell text with placeholders, or words that become exactly those words. */
export type TemplateForm =
  | { readonly kind: 'command'; readonly pieces: readonly Piece[] }
  | {
      readonly kind: 'argv'
      /** `--` put in where the program understands it. */
      readonly words: readonly Word[]
      readonly sudo: boolean
      readonly env: readonly { readonly name: string; readonly value: Word }[]
      /** Empty: where the login starts. */
      readonly cwd: Word
      readonly stdin: Word
    }

/** A command somebody approved, with the rules for its parameters. Built by {@link parseTemplates} only. */
export interface Template {
  readonly templateId: TemplateId
  readonly description: string
  readonly params: readonly TemplateParam[]
  /** Only narrows; undefined means every role. */
  readonly allowedRoles: ReadonlySet<Role> | undefined
  readonly timeoutSeconds: number
  readonly risk: Risk
  readonly form: TemplateForm
  /** The command as the author wrote it, for people; argv is joined readably. */
  readonly shown: string
  /** Standard input as the author wrote it; empty: none. */
  readonly shownStdin: string
}
