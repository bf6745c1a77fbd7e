/** A literal that wakes a scanner. */
export interface Literal<Tag> {
  /** At least three characters. */
  readonly text: string
  /** Compared letter for letter; otherwise upper and lower case are the same. */
  readonly exact?: boolean
  readonly tag: Tag
  /** A cheap look around: false when the scanner would find nothing here. `text` may be longer than the line. */
  readonly gate?: ((text: string, position: number) => boolean) | undefined
}

const lowerCode = (code: number): number => (code >= 65 && code <= 90 ? code | 32 : code)

/** Whether the literal stands at this place. */
export function isAt({ text: wanted, exact = false }: Literal<unknown>, text: string, position: number): boolean {
  for (let index = 0; index < wanted.length; index++) {
    const code = text.charCodeAt(position + index)
    const other = wanted.charCodeAt(index)
    if (code !== other && (exact || lowerCode(code) !== lowerCode(other))) return false
  }
  return true
}
