import { type Columns, isSecretCell } from './columns.ts'
import type { LineScan, Scanner } from './scan.ts'
import { valueExtent } from './value-extent.ts'

const into = /(?:insert\s+(?:\w{1,20}\s+){0,3}into|replace\s+into)\s+[\w.`"[\]$]{1,200}\s*\(([^()]{1,2000})\)/iy
const values = /\s*(?:values|select)?\s*/iy
const copied = /copy\s+[\w."]{1,200}\s*\(([^()]{1,2000})\)\s+from\s+stdin/iy
/** `N'…'` and `E'…'`. */
const prefix = /[NnEeBbXx](?=')/y

function columnsOf(scan: LineScan, list: string, kind: Columns['kind']): Columns | undefined {
  const names = list.split(',').map((name) => name.trim().replace(/^["'`[]|["'`\]]$/g, ''))
  const secrets = names.flatMap((name, at) => {
    const key = scan.classify(name)
    return key.certainty === 'sure' || key.certainty === 'likely' ? [{ at, key }] : []
  })
  return secrets.length === 0 ? undefined : { kind, count: names.length, secrets, ruled: true }
}

/** `INSERT INTO users (name, password) VALUES ('a', X)`: which value is the password says its place in the list. */
export const scanInsert: Scanner = (scan, position) => {
  into.lastIndex = position
  const list = into.exec(scan.line)?.[1]
  const columns = list === undefined ? undefined : columnsOf(scan, list, 'values')
  if (columns === undefined) return
  values.lastIndex = into.lastIndex
  values.test(scan.line)
  const end = readTuples(columns, scan.line, values.lastIndex, (from, to, rule) => scan.spans.add(from, to, rule))
  scan.budget -= end - position
  if (end >= scan.line.length) scan.columns = columns
}

/** `COPY users (name, password) FROM stdin;` of a dump. */
export const scanCopy: Scanner = (scan, position) => {
  copied.lastIndex = position
  const list = copied.exec(scan.line)?.[1]
  if (list !== undefined) scan.columns = columnsOf(scan, list, 'tab')
}

function skip(line: string, from: number, marks: RegExp): number {
  let at = from
  while (at < line.length && marks.test(line[at] ?? '')) at++
  return at
}

/** Where the cell that begins at `at` ends, behind its quotes or its brackets. */
function cellEnd(line: string, at: number): number {
  let depth = 0
  for (let index = at; index < line.length; index++) {
    const character = line[index]
    if (character === "'") index = quoteEnd(line, index)
    else if (character === '(') depth++
    else if (depth === 0 && (character === ',' || character === ')')) return index
    else if (character === ')') depth--
  }
  return line.length
}

/** The mark that closes a text; a doubled one is part of it, and so is one behind a backslash. */
function quoteEnd(line: string, from: number): number {
  let at = valueExtent(line, from).end
  while (line[at + 1] === "'") at = valueExtent(line, at + 1).end
  return at
}

/** Masks the secrets of each `(…)`. Gives where the rows end: at the end of the line, the statement may go on in the next. */
export function readTuples(
  { secrets }: Columns,
  line: string,
  from: number,
  mask: (start: number, end: number, rule: string) => void,
): number {
  let at = skip(line, from, /[\s,]/)
  while (line[at] === '(') {
    let cell = 0
    while (at < line.length && (cell === 0 || line[at] === ',')) {
      const start = skip(line, at + 1, /\s/)
      const end = cellEnd(line, start)
      const key = secrets.find((secret) => secret.at === cell)?.key
      prefix.lastIndex = start
      const open = prefix.test(line) ? start + 1 : start
      if (key !== undefined && line[open] === "'") {
        const close = quoteEnd(line, open)
        if (isSecretCell(line.slice(open + 1, close), key, true)) mask(open + 1, close, key.rule)
      }
      at = end
      cell++
    }
    at = skip(line, at + 1, /[\s,]/)
  }
  return at
}
