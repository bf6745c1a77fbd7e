import { findValueFault } from '../param-value.ts'
import type { TemplateParam } from '../template.ts'
import { findExponential } from './ambiguity.ts'
import { type CharSet, representative } from './char-set.ts'
import type { Complaint } from './finding.ts'
import { parseRegex, type RegexNode } from './regex-syntax.ts'

/** What only a pattern that lets anything through lets through. */
const anything = ['a b; reboot #$(id)', 'a b|c<d>e', 'a;b', 'a b$c', "x' y"]

/** Rules about a pattern by itself. */
export function patternComplaints(param: TemplateParam): readonly Complaint[] {
  return [tooWide(param) ?? unanchored(param), exponential(param), empty(param)].filter((found) => found !== undefined)
}

function tooWide(param: TemplateParam): Complaint | undefined {
  const value = anything.find((probe) => findValueFault(param, probe) === undefined)
  if (value === undefined) return undefined
  return {
    rule: 'pattern-too-wide',
    param: param.name,
    message: `The pattern of ${param.name} lets nearly anything through: ${param.pattern.source}`,
    cure: 'List the characters that are needed, such as ^[A-Za-z0-9._-]{1,64}$.',
    counterExample: { value, effect: 'reaches the program as one argument, exactly like that' },
  }
}

function unanchored({ name, pattern }: TemplateParam): Complaint | undefined {
  const node = parseRegex(pattern.source)
  if (!node) return undefined
  const about = { rule: 'pattern-unanchored', param: name } as const
  if (node.kind === 'choice' && node.parts.some(isAnchored) && !node.parts.every(isAnchored)) {
    return {
      ...about,
      message: `In ${pattern.source} the anchors hold for some of the alternatives only.`,
      cure: 'Put the alternatives into a group: ^(?:a|b)$.',
      ...searched(pattern.source),
    }
  }
  const open = openEnd(node, 'start') ?? openEnd(node, 'end')
  if (open) {
    const value = glue(pattern.source, 'x; reboot').find((probe) => pattern.covers(probe))
    return {
      ...about,
      message: `The ${open} of ${pattern.source} lets anything through.`,
      cure: 'Say which characters may stand there instead of ".".',
      ...(value && { counterExample: { value, effect: 'passes, whatever stands in the open part' } }),
    }
  }
  if (isAnchored(node)) return undefined
  return {
    ...about,
    severity: 'note',
    message: `${pattern.source} is matched against the whole value here, but a reader, or another engine, may search.`,
    cure: `Write ^(?:${pattern.source})$.`,
    ...searched(pattern.source),
  }
}

function searched(source: string) {
  const value = sample(source)
  return value === undefined
    ? {}
    : {
        counterExample: { value: `${value}; reboot`, effect: 'would pass an engine that searches; it is refused here' },
      }
}

/** A short text around which the pattern of a literal and an open end can be tried. */
function glue(source: string, probe: string): readonly string[] {
  const literal = sample(source) ?? ''
  return [`${literal}${probe}`, `${probe}${literal}`]
}

/** The shortest text a pattern is made for. */
export function sample(source: string): string | undefined {
  const node = parseRegex(source)
  return node && shortest(node)
}

function shortest(node: RegexNode): string {
  switch (node.kind) {
    case 'empty':
      return ''
    case 'chars':
      return representative(node.set)
    case 'sequence':
      return node.parts.map(shortest).join('')
    case 'choice':
      return shortest(node.parts[0] ?? { kind: 'empty' })
    case 'repeat':
      return shortest(node.node).repeat(node.min)
  }
}

function isAnchored(node: RegexNode): boolean {
  return anchorAt(node, 'start') && anchorAt(node, 'end')
}

function anchorAt(node: RegexNode, side: 'start' | 'end'): boolean {
  if (node.kind === 'empty') return node.anchor === side
  if (node.kind === 'choice') return node.parts.every((part) => anchorAt(part, side))
  const part = node.kind === 'sequence' ? edge(node.parts, side) : undefined
  return part !== undefined && anchorAt(part, side)
}

/** `.*` or `.+` at an end of something more particular. */
function openEnd(node: RegexNode, side: 'start' | 'end'): 'beginning' | 'end' | undefined {
  if (node.kind === 'choice') return node.parts.map((part) => openEnd(part, side)).find((open) => open !== undefined)
  if (node.kind !== 'sequence') return undefined
  const part = edge(
    node.parts.filter(({ kind }) => kind !== 'empty'),
    side,
  )
  if (part?.kind === 'sequence' || part?.kind === 'choice') return openEnd(part, side)
  const isOpen = part?.kind === 'repeat' && part.max > 8 && part.node.kind === 'chars' && takesAlmostAll(part.node.set)
  return isOpen ? (side === 'start' ? 'beginning' : 'end') : undefined
}

function edge(parts: readonly RegexNode[], side: 'start' | 'end'): RegexNode | undefined {
  return side === 'start' ? parts[0] : parts.at(-1)
}

function takesAlmostAll(set: CharSet): boolean {
  return [...' ;|&$`'].every((character) => {
    const code = character.codePointAt(0) ?? 0
    return set.some(([from, to]) => from <= code && code <= to)
  })
}

function exponential({ name, pattern }: TemplateParam): Complaint | undefined {
  const node = parseRegex(pattern.source)
  const found = node && findExponential(node)
  if (!found) return undefined
  return {
    rule: 'pattern-exponential',
    param: name,
    message: `${pattern.source} can read the same text in many ways; it is safe here and hangs in a backtracking engine.`,
    cure: 'Let each repeat begin with something that its end cannot be, such as [a-z]+(?:-[a-z]+)*.',
    counterExample: {
      value: `${found.prefix}${found.pump.repeat(30)}!`,
      effect: 'takes a backtracking engine minutes or more, twice as long with each repeat',
    },
  }
}

function empty({ name, pattern }: TemplateParam): Complaint | undefined {
  if (!pattern.covers('')) return undefined
  return {
    rule: 'pattern-empty',
    param: name,
    message: `${pattern.source} matches the empty string, which is never sent.`,
    cure: 'Use + instead of *, and param_info.default for what stands in when nothing is given.',
    counterExample: { value: '', effect: 'passes the pattern and is refused as missing' },
  }
}
