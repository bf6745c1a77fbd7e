/** A text cut at its placeholders: literal pieces with brace escapes undone, and the names between them. */
export type Piece = { readonly text: string } | { readonly param: string }

export interface PlacedPiece {
  readonly piece: Piece
  /** Where the piece begins in the text as written. */
  readonly at: number
}

/** `{{`, `}}`, or something in braces that may be a declared name. */
const token = /\{\{|\}\}|\{([A-Za-z_][A-Za-z0-9_]*)\}/g

/**
 * Cuts a text at the placeholders of declared names. Everything else is literal: `{name}` where no such name is
 * declared stays as it is, `{{` and `}}` become single braces.
 */
export function cutPlaceholders(text: string, declared: ReadonlySet<string>): readonly PlacedPiece[] {
  const pieces: PlacedPiece[] = []
  let literal = ''
  let literalAt = 0
  let done = 0
  const flush = (next: number) => {
    if (literal !== '') pieces.push({ piece: { text: literal }, at: literalAt })
    literal = ''
    literalAt = next
  }
  for (const found of text.matchAll(token)) {
    literal += text.slice(done, found.index)
    done = found.index + found[0].length
    const name = found[1]
    if (name !== undefined && declared.has(name)) {
      flush(done)
      pieces.push({ piece: { param: name }, at: found.index })
    } else literal += name === undefined ? found[0].charAt(0) : found[0]
  }
  literal += text.slice(done)
  flush(text.length)
  return pieces
}

/** The names that a text refers to. */
export function paramsIn(pieces: readonly Piece[]): ReadonlySet<string> {
  return new Set(pieces.flatMap((piece) => ('param' in piece ? [piece.param] : [])))
}
