/** The rows of a list in a reply. Their shape is the output schema of the tool that made them. */
export function rowsOf<Row>(value: unknown): readonly Row[] {
  return Array.isArray(value) ? value : []
}
