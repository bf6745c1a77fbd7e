/** Something that only the person in front of the client can answer. Its words are escaped, never redacted. */
export interface Question {
  readonly text: string
  /** One field to fill in; without it, saying yes is all. */
  readonly field?: { readonly name: string; readonly title: string; readonly description: string }
}

export type Answer =
  | { readonly kind: 'accept'; readonly value: string }
  | { readonly kind: 'decline' }
  /** The form was closed, the client answered by itself, or nobody answered in time. */
  | { readonly kind: 'cancel' }
  /** The client said that it could not ask. */
  | { readonly kind: 'failed' }

/** Asks the person in front of the client. Present only where the client offers forms. */
export type AskPerson = (question: Question) => Promise<Answer>
