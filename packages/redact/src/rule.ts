/** A kind of secret that is known by its own form. Plain data: nothing is compiled until its prefix is met in a text. */
export interface Rule {
  /** Stands in the placeholder and in the findings. */
  readonly id: string
  /** Literals, at least three characters each, one of which begins every match. */
  readonly prefixes: readonly string[]
  /** The whole form. Every repetition has an upper bound. The first group, if there is one, is what is masked. */
  readonly pattern: string
  /** Bits per character that the masked part must have at least. */
  readonly entropy?: number
  /** Texts of this form that are no secret, in lower case: an example in a manual. */
  readonly stopWords?: readonly string[]
  /** Prefixes and pattern take upper and lower case alike. */
  readonly anyCase?: boolean
  /** The masked part is mixed as passwords are: a plain word, a version or a place is left. */
  readonly mixed?: boolean
  /** The match may begin in the middle of a word. */
  readonly inWord?: boolean
  /** The form of what stands right before the prefix and is masked with it. */
  readonly lead?: string
  /** Specimens, as `expandSpecimen` reads them, that must be found and that must be left alone. */
  readonly examples: readonly [string, string]
  readonly counterExamples: readonly [string, string]
}
