import type { Rule } from '../rule.ts'
import type { LineScan, Scanner } from './scan.ts'
import { entropy } from './value-shape.ts'

/** `\nAKIA…` and `%3DAKIA…`: the letter before belongs to the escape. */
const endsEscape = (line: string, position: number): boolean =>
  /\\[nrt]$|%[0-9A-Fa-f]{2}$/.test(line.slice(Math.max(0, position - 3), position))

const longestLead = 100

/** Compiles the rule when one of its prefixes is met for the first time. */
export function createRuleScanner(rule: Rule): Scanner {
  const flags = rule.anyCase === true ? 'diy' : 'dy'
  let compiled: { readonly pattern: RegExp; readonly lead: RegExp | undefined } | undefined
  return (scan, position) => {
    const { line } = scan
    compiled ??= {
      pattern: new RegExp(rule.pattern, flags),
      lead: rule.lead === undefined ? undefined : new RegExp(`(?:${rule.lead})$`),
    }
    const start = startOf(compiled.lead, line, position)
    if (start < 0) return
    if (rule.inWord !== true && /\w/.test(line[start - 1] ?? ' ') && !endsEscape(line, start)) return
    compiled.pattern.lastIndex = position
    const found = compiled.pattern.exec(line)
    if (found === null) return
    const group = found.indices?.[1]
    // A longer run of the same characters is something else.
    if (group === undefined && /[A-Za-z0-9]/.test(line[position + found[0].length] ?? ' ')) return
    maskMatch(scan, rule, group?.[0] ?? start, group?.[1] ?? position + found[0].length)
  }
}

function startOf(lead: RegExp | undefined, line: string, position: number): number {
  if (lead === undefined) return position
  const before = line.slice(Math.max(0, position - longestLead), position)
  const found = lead.exec(before)
  return found === null ? -1 : position - found[0].length
}

function maskMatch({ line, spans }: LineScan, rule: Rule, start: number, end: number): void {
  const text = line.slice(start, end)
  if (rule.entropy !== undefined && entropy(text) < rule.entropy) return
  if (rule.stopWords?.some((word) => text.toLowerCase().includes(word)) === true) return
  spans.add(start, end, rule.id, '', true)
}
