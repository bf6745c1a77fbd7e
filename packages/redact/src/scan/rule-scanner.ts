import type { Rule } from '../rule.ts'
import { type Gate, isWordCode } from './gates.ts'
import { type LineScan, leaveOut, type Scanner } from './scan.ts'
import { entropy, isPlaceholder, isWordLike, looksRandom } from './value-shape.ts'

const longestLead = 100

/** `\nAKIA…` and `%3DAKIA…`: the letter before belongs to the escape. */
function endsEscape(line: string, position: number): boolean {
  const before = line.charCodeAt(position - 1)
  if (line.charCodeAt(position - 2) === 92) return before === 110 || before === 114 || before === 116
  return line.charCodeAt(position - 3) === 37 && /^[0-9A-Fa-f]{2}$/.test(line.slice(position - 2, position))
}

/** A rule at work: its scanner, and the gate before it. */
export interface RuleScanner {
  readonly scanner: Scanner
  readonly gate: Gate
}

/** Compiles the rule when one of its prefixes is met for the first time. */
export function createRuleScanner(rule: Rule): RuleScanner {
  const flags = rule.anyCase === true ? 'diy' : 'dy'
  let compiled: { readonly pattern: RegExp; readonly lead: RegExp | undefined } | undefined
  const ready = () => {
    compiled ??= {
      pattern: new RegExp(rule.pattern, flags),
      lead: rule.lead === undefined ? undefined : new RegExp(`(?:${rule.lead})$`),
    }
    return compiled
  }
  // A pattern that asks for the end of the line gives another answer on a chunk.
  const asksForEnd = rule.pattern.endsWith('$')
  const bounded = (line: string, start: number): boolean =>
    rule.inWord === true || !isWordCode(line.charCodeAt(start - 1)) || endsEscape(line, start)
  return {
    gate: (text, position) => {
      if (rule.lead === undefined && !bounded(text, position)) return false
      if (asksForEnd) return true
      const { pattern } = ready()
      pattern.lastIndex = position
      return pattern.test(text)
    },
    scanner: (scan, position) => {
      const { line } = scan
      const { pattern, lead } = ready()
      const start = startOf(lead, line, position)
      if (start < 0 || !bounded(line, start)) return
      pattern.lastIndex = position
      const found = pattern.exec(line)
      if (found === null) return
      const group = found.indices?.[1]
      // A longer run of the same characters is something else.
      if (group === undefined && /[A-Za-z0-9]/.test(line[position + found[0].length] ?? ' ')) return
      // What stands where a secret would need not be one.
      if (group !== undefined && isPlaceholder(found[1] ?? '')) return
      maskMatch(scan, rule, group?.[0] ?? start, group?.[1] ?? position + found[0].length)
    },
  }
}

function startOf(lead: RegExp | undefined, line: string, position: number): number {
  if (lead === undefined) return position
  const found = lead.exec(line.slice(Math.max(0, position - longestLead), position))
  return found === null ? -1 : position - found[0].length
}

function maskMatch(scan: LineScan, rule: Rule, start: number, end: number): void {
  const text = scan.line.slice(start, end)
  if (rule.mixed === true && (isWordLike(text) || !looksRandom(text))) return
  if (rule.entropy !== undefined && entropy(text) < rule.entropy) return
  if (rule.stopWords?.some((word) => text.toLowerCase().includes(word)) === true) return
  scan.spans.add(start, end, rule.id, '', true)
  leaveOut(scan, start, end)
}
