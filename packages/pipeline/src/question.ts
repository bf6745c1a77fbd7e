/** Something that only the person in front of the client can answer. Its words are escaped, never redacted. */
export interface Question {
  readonly text: string
  /** One field to fill in; without it, saying yes is all. */
  readonly field?: { readonly name: string; readonly title: string; readonly description: string }
}

export type Answer =
  | { readonly kind: 'accept'; readonly value: string }
  | { readonly kind: 'decline' }
  /** The form was closed, or the client answered by itself. */
  | { readonly kind: 'cancel' }

/** Asks the person in front of the client. Present only where the client offers forms. */
export type AskPerson = (question: Question) => Promise<Answer>
