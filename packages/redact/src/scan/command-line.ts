import { type SecretArgument, secretArguments } from './command-table.ts'
import type { Scanner } from './scan.ts'
import { valueExtent } from './value-extent.ts'
import { isPlaceholder } from './value-shape.ts'

const commandEnd = /[|;\n]|&&|\|\|/

/** Programs that take a secret as an argument, one literal each, and what looks for it there. */
export interface CommandScanner {
  readonly programs: readonly string[]
  readonly scanner: Scanner
}

function maskArgument(
  line: string,
  from: number,
  to: number,
  item: SecretArgument,
  mask: (start: number, end: number) => void,
): void {
  const text = asWords(line.slice(from, to))
  if (item.when?.test(text) === false) return
  for (const found of text.matchAll(item.flag)) {
    const extent = valueExtent(line, from + found.index + found[0].length)
    const value = line.slice(extent.start, extent.end)
    const split = item.pair === undefined ? -1 : value.indexOf(item.pair)
    if (item.pair !== undefined && split <= 0) continue
    const secret = splitSecret(value, split, item)
    if (secret === '' || isPlaceholder(secret) || item.form?.test(secret) === false) continue
    const start = extent.start + split + 1
    mask(start, start + secret.length)
  }
}

function splitSecret(value: string, split: number, { until }: SecretArgument): string {
  const secret = value.slice(split + 1)
  const end = until === undefined ? -1 : secret.lastIndexOf(until)
  return end < 0 ? secret : secret.slice(0, end)
}

/** `", "-u", "bob:X"]` of a list of arguments with blanks for the marks between, so that each stays where it was. */
const asWords = (text: string): string =>
  /^["']/.test(text) ? text.replace(/["'],?\s{0,4}["']/g, (marks) => ' '.repeat(marks.length)) : text

/** `mysql -pX`, `curl -u user:X`, `ldapsearch -w X`: the flag means a secret only after its own program. */
export function createCommandScanner(): CommandScanner {
  const items = new Map<string, SecretArgument[]>()
  for (const item of secretArguments) {
    for (const name of item.programs.split(' ')) items.set(name, [...(items.get(name) ?? []), item])
  }
  return {
    programs: [...items.keys()].map((name) => (name.length < 3 ? `${name} ` : name)),
    scanner: (scan, position) => {
      const { line, spans } = scan
      if (/[\w.-]/.test(line[position - 1] ?? ' ')) return
      const program = /^[\w.-]{2,30}/.exec(line.slice(position, position + 30))?.[0] ?? ''
      // What was read behind the same word stays read.
      if (position < (scan.commandsDone?.get(program) ?? 0)) return
      const from = position + program.length
      if (!/[\s"']/.test(line[from] ?? '')) return
      const to = endOfCommand(line, from)
      scan.commandsDone ??= new Map()
      scan.commandsDone.set(program, to)
      scan.budget -= (to - from) >> 2
      for (const item of items.get(program) ?? [])
        maskArgument(line, from, to, item, (start, end) => spans.add(start, end, 'command-password'))
    },
  }
}

function endOfCommand(line: string, from: number): number {
  const limit = Math.min(line.length, from + 2048)
  const end = line.slice(from, limit).search(commandEnd)
  return end < 0 ? limit : from + end
}
