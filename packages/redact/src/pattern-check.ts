import { redactErrors } from './errors.ts'
import { type CharSet, type Pattern, PatternRefusal, parsePattern } from './pattern-parse.ts'

/** What matching a pattern can cost and take. */
export interface PatternCost {
  readonly shortest: number
  readonly longest: number
  /** In how many ways one text can be split over the pattern, which bounds what backtracking tries. */
  readonly ways: number
}

const mostWays = 2000
const longestMatch = 20_000
const shortestMatch = 4
const nothing: CharSet = new Set()

const disjoint = (a: CharSet, b: CharSet): boolean => {
  for (const code of a) if (b.has(code)) return false
  return true
}

const union = (sets: readonly CharSet[]): CharSet => new Set(sets.flatMap((set) => [...set]))

const canBeEmpty = (pattern: Pattern): boolean => measure(pattern, nothing).shortest === 0

/** With which characters a match can begin; what may follow counts when the pattern can be empty. */
function firstSet(pattern: Pattern, follow: CharSet): CharSet {
  switch (pattern.kind) {
    case 'set':
      return pattern.set
    case 'edge':
      return follow
    case 'any':
      return union(pattern.options.map((option) => firstSet(option, follow)))
    case 'repeat':
      return pattern.min === 0 || canBeEmpty(pattern.part)
        ? union([firstSet(pattern.part, follow), follow])
        : firstSet(pattern.part, follow)
    case 'all':
      return pattern.parts.toReversed().reduce((rest, part) => firstSet(part, rest), follow)
  }
}

function measureRepeat(pattern: Extract<Pattern, { kind: 'repeat' }>, follow: CharSet): PatternCost {
  const { part, min, max } = pattern
  const again = max > 1 ? union([firstSet(part, nothing), follow]) : follow
  const once = measure(part, again)
  const distinct = min === max || disjoint(firstSet(part, nothing), follow)
  let inside = 1
  for (let round = 0; round < max && inside <= mostWays && once.ways > 1; round++) inside *= once.ways
  return { shortest: once.shortest * min, longest: once.longest * max, ways: inside * (distinct ? 1 : max - min + 1) }
}

function measureAny(options: readonly Pattern[], follow: CharSet): PatternCost {
  const costs = options.map((option) => measure(option, follow))
  const firsts = options.map((option) => firstSet(option, follow))
  const apart = firsts.every((set, index) => firsts.slice(index + 1).every((next) => disjoint(set, next)))
  return {
    shortest: Math.min(...costs.map((cost) => cost.shortest)),
    longest: Math.max(...costs.map((cost) => cost.longest)),
    ways: apart ? Math.max(...costs.map((cost) => cost.ways)) : costs.reduce((sum, cost) => sum + cost.ways, 0),
  }
}

function measure(pattern: Pattern, follow: CharSet): PatternCost {
  switch (pattern.kind) {
    case 'set':
      return { shortest: 1, longest: 1, ways: 1 }
    case 'edge':
      return { shortest: 0, longest: 0, ways: 1 }
    case 'repeat':
      return measureRepeat(pattern, follow)
    case 'any':
      return measureAny(pattern.options, follow)
    case 'all': {
      let total: PatternCost = { shortest: 0, longest: 0, ways: 1 }
      let rest = follow
      for (const part of pattern.parts.toReversed()) {
        const cost = measure(part, rest)
        total = {
          shortest: total.shortest + cost.shortest,
          longest: total.longest + cost.longest,
          ways: total.ways * cost.ways,
        }
        rest = firstSet(part, rest)
      }
      return total
    }
  }
}

/**
 * Makes sure that a pattern takes linear time on every text: each repetition bounded, and so little ambiguity between
 * neighbours that backtracking has next to nothing to try.
 *
 * @throws `REDACT_RULES_INVALID` when it does not compile, `REDACT_RULE_SLOW`, `REDACT_RULE_EMPTY`.
 */
export function checkPattern(source: string, field: string): PatternCost {
  try {
    new RegExp(source)
  } catch {
    throw redactErrors.error('REDACT_RULES_INVALID', { field, message: `${field}: this is no regular expression` })
  }
  const cost = costOf(source, field)
  if (cost.ways > mostWays || cost.longest > longestMatch) {
    throw redactErrors.error('REDACT_RULE_SLOW', {
      field,
      message: `${field}: neighbouring repetitions take the same characters, or too many of them`,
    })
  }
  if (cost.shortest < shortestMatch)
    throw redactErrors.error('REDACT_RULE_EMPTY', {
      field,
      message: `${field}: a match may be as short as ${cost.shortest}`,
    })
  return cost
}

function costOf(source: string, field: string): PatternCost {
  try {
    return measure(parsePattern(source), nothing)
  } catch (error) {
    if (error instanceof PatternRefusal)
      throw redactErrors.error('REDACT_RULE_SLOW', { field, message: `${field}: ${error.reason}` })
    throw error
  }
}
