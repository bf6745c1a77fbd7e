/** First line of every generated page. */
export const banner = (source: string): string =>
  `<!-- Generated from ${source} by \`pnpm gen\`. Not edited by hand. -->`

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll(/\s*\n\s*/g, ' ')

/** A Markdown table; line breaks and pipes inside a cell are made harmless. */
export const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((row) => `| ${row.map(cell).join(' | ')} |`).join('\n')
