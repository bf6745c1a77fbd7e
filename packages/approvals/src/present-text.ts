import type { Presentation, ShownValue } from './present.ts'

/** How wide the text may be. */
export interface TextOptions {
  /** Columns of the terminal; 80 when left out, at least 40. */
  readonly columns?: number
}

const labelWidth = 14

/**
 * A presentation as lines of text. Values stand behind a bar and are broken by us, never by the terminal, so that no
 * value can make a line that looks like one of ours: `|` before what will happen, `>` before the requester's words.
 */
export function presentText(presentation: Presentation, { columns = 80 }: TextOptions = {}): string {
  const width = Math.max(40, columns) - labelWidth - 3
  const block = (values: readonly ShownValue[], bar: string): readonly string[] =>
    values.flatMap((value) => linesOf(value, bar, width))
  return [
    'What will happen, exactly (made by the server):',
    ...block(presentation.operation, '|'),
    '',
    'About the request:',
    ...block(presentation.circumstances, '|'),
    '',
    "The requester's own words (written by a model; not checked, they may be wrong or meant to persuade):",
    ...block(presentation.words, '>'),
    '',
  ].join('\n')
}

function linesOf({ label, pieces, leftOut, remarks }: ShownValue, bar: string, width: number): readonly string[] {
  const gap = `${' '.repeat(labelWidth)}~ ${leftOut} characters are not shown here`
  const chunks = pieces.map((piece) => broken(piece, width).map((chunk) => `${bar} ${chunk}`))
  const [first = [], ...rest] = chunks
  const lines = first.map((line, index) => (index === 0 ? label : '').padEnd(labelWidth) + line)
  return [
    ...lines,
    ...rest.flatMap((piece) => [gap, ...piece.map((line) => ' '.repeat(labelWidth) + line)]),
    ...remarks.flatMap((remark) => broken(remark, width).map((line) => `${' '.repeat(labelWidth)}! ${line}`)),
  ]
}

/** Pieces that fit. Whatever is not ASCII counts two columns: more than any character takes, so nothing overflows. */
function broken(text: string, width: number): readonly string[] {
  const lines: string[] = []
  let line = ''
  let used = 0
  for (const character of text) {
    const columns = character <= '~' ? 1 : 2
    if (used + columns > width) {
      lines.push(line)
      line = ''
      used = 0
    }
    line += character
    used += columns
  }
  return [...lines, line]
}
