/** Where a value stands in its line. */
export interface Extent {
  readonly start: number
  readonly end: number
  readonly quoted: boolean
}

const quotes = '"\'`'
const longest = 16_384

function closingQuote(line: string, from: number, quote: string, slashes: number): number {
  const limit = Math.min(line.length, from + longest)
  let run = 0
  for (let index = from; index < limit; index++) {
    const character = line[index]
    if (character === '\\') run++
    else {
      if (character === quote && (slashes === 0 ? run % 2 === 0 : run <= slashes))
        return index - (slashes === 0 ? 0 : run)
      run = 0
    }
  }
  return limit
}

function quotedExtent(line: string, at: number, slashes: number): Extent {
  const quote = line[at] ?? ''
  const triple = slashes === 0 && line[at + 1] === quote && line[at + 2] === quote
  if (triple) {
    const end = line.indexOf(quote.repeat(3), at + 3)
    return { start: at + 3, end: end < 0 ? Math.min(line.length, at + longest) : end, quoted: true }
  }
  return { start: at + 1, end: closingQuote(line, at + 1, quote, slashes), quoted: true }
}

const wordThenEquals = /[A-Za-z_][\w .-]{0,40}=/y
const startsPair = (line: string, at: number): boolean => {
  wordThenEquals.lastIndex = at
  return wordThenEquals.test(line)
}

const endMarks: ReadonlySet<number> = new Set([...',;&"\'`<\\|^'].map((mark) => mark.charCodeAt(0)))

/** Whether an unquoted value ends at this mark: only where something that is clearly not the value follows. */
function endsAt(line: string, index: number): boolean {
  const next = line[index + 1] ?? ''
  switch (line[index]) {
    case ',':
      return (
        next === '' ||
        /[\s"'{[]/.test(next) ||
        startsPair(line, index + 1) ||
        /^,[A-Za-z_]\w{0,40}[:"]/.test(line.slice(index, index + 44))
      )
    case ';':
      return next === '' || /[\s"'<]/.test(next) || startsPair(line, index + 1)
    case '&':
      return startsPair(line, index + 1) || /^&(?:amp;|lt;|&|$)/.test(line.slice(index, index + 5))
    case '"':
    case "'":
    case '`':
      return next === '' || /[\s,;)}\]"'>:\\|]/.test(next)
    case '<':
      return next === '/' || next === 'b'
    case '\\':
      return next === '' || /[rnt"'\\]/.test(next) || (next === '0' && startsPair(line, index + 2))
    case '^':
      // How a pager shows what parts the entries of an environment.
      return next === '@' && (index + 2 >= line.length || startsPair(line, index + 2))
    case '|':
      return next === '' || next === ' ' || next === '|'
    default:
      return false
  }
}

const closers: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{', '>': '<' }

/** Marks that close what was opened before the value are not part of it. */
function withoutClosers(line: string, start: number, from: number): number {
  let end = from
  while (end > start) {
    const last = line[end - 1] ?? ''
    const open = closers[last]
    if (open === undefined ? !/[,;]/.test(last) : line.slice(start, Math.min(end, start + 256)).includes(open))
      return end
    end--
  }
  return end
}

/** The last bare value, since each name in `a=b=c=…` begins one that ends at the same place. */
const last = { line: '', start: 0, end: 0 }

function bareEnd(line: string, at: number): number {
  if (at >= last.start && at < last.end && last.line === line) return last.end
  const limit = Math.min(line.length, at + longest)
  let end = at
  while (end < limit) {
    const code = line.charCodeAt(end)
    if (code <= 32 || code === 0xa0 || (endMarks.has(code) && endsAt(line, end))) break
    end++
  }
  if (end < limit || limit === line.length) {
    last.line = line
    last.start = at
    last.end = end
  }
  return end
}

const bareExtent = (line: string, at: number): Extent => ({
  start: at,
  end: withoutClosers(line, at, bareEnd(line, at)),
  quoted: false,
})

/** The value that begins at `at`, with or without quotes; quotes stay outside of the extent. */
export function valueExtent(line: string, at: number): Extent {
  let from = at
  if (/[ubrf$@]/i.test(line[from] ?? '') && quotes.includes(line[from + 1] ?? ' ')) from++
  let slashes = 0
  while (line[from + slashes] === '\\' && slashes < 8) slashes++
  const mark = line[from + slashes] ?? ''
  if (mark !== '' && quotes.includes(mark)) return quotedExtent(line, from + slashes, slashes)
  return bareExtent(line, at)
}
