import { type CharSet, intersect, representative } from './char-set.ts'
import type { RegexNode } from './regex-syntax.ts'

/** From how many repeats on a bounded repeat is as bad as an unbounded one. */
const manyRepeats = 8
/** The check of pairs is quadratic in the positions of a pattern. */
const maxPairedPositions = 48

/**
 * Finds text on which a backtracking engine needs exponential time: two different ways through a pattern that read the
 * same text and come back to the same place, so that each repeat doubles the ways.
 *
 * @returns the text that leads there and the text to repeat; undefined when there is none
 */
export function findExponential(node: RegexNode): { readonly prefix: string; readonly pump: string } | undefined {
  const graph = new PositionGraph(node)
  const doubled = graph.doubledLoop() ?? graph.forkedLoop()
  return doubled && { prefix: graph.wordTo(doubled.at), pump: doubled.pump }
}

interface Span {
  readonly nullable: boolean
  readonly first: readonly number[]
  readonly last: readonly number[]
}

/** Glushkov's automaton, with each edge counted as often as the pattern makes it. */
class PositionGraph {
  readonly #sets: CharSet[] = []
  readonly #edges: Map<number, number>[] = []
  readonly #first: readonly number[]
  readonly #common = new Map<number, string>()

  constructor(node: RegexNode) {
    this.#first = this.#span(node).first
  }

  /** An edge that exists twice and lies on a loop, as in `(a+)+`. */
  doubledLoop(): { readonly at: number; readonly pump: string } | undefined {
    for (const [from, targets] of this.#edges.entries()) {
      for (const [to, count] of targets) {
        const back = count > 1 ? this.#path(to, from) : undefined
        if (back !== undefined) return { at: from, pump: representative(this.#set(to)) + back }
      }
    }
    return undefined
  }

  /** Two ways that part and meet again on the same text, as in `(a|a)*`. */
  forkedLoop(): { readonly at: number; readonly pump: string } | undefined {
    if (this.#sets.length > maxPairedPositions) return undefined
    for (let start = 0; start < this.#sets.length; start++) {
      const pump = this.#fork(start)
      if (pump !== undefined) return { at: start, pump }
    }
    return undefined
  }

  /** Shortest text that leads to a position from the beginning. */
  wordTo(position: number): string {
    let shortest: string | undefined
    for (const first of this.#first) {
      const rest = this.#path(first, position)
      const word = rest === undefined ? undefined : representative(this.#set(first)) + rest
      if (word !== undefined && (shortest === undefined || word.length < shortest.length)) shortest = word
    }
    return shortest ?? ''
  }

  /** Text read on the way from one position to another; empty when they are the same. */
  #path(from: number, to: number): string | undefined {
    const words = new Map([[from, '']])
    for (const [position, word] of words) {
      if (position === to) return word
      for (const next of this.#edges[position]?.keys() ?? []) {
        if (!words.has(next)) words.set(next, word + representative(this.#set(next)))
      }
    }
    return undefined
  }

  #fork(start: number): string | undefined {
    const size = this.#sets.length
    const words = new Map([[`${start * size + start} 0`, { a: start, b: start, parted: false, word: '' }]])
    for (const { a, b, parted, word } of words.values()) {
      for (const nextA of this.#edges[a]?.keys() ?? []) {
        for (const nextB of this.#edges[b]?.keys() ?? []) {
          const shared = this.#shared(nextA, nextB)
          if (shared === '') continue
          const apart = parted || nextA !== nextB
          const text = word + shared
          if (apart && nextA === start && nextB === start) return text
          const key = `${nextA * size + nextB} ${apart ? 1 : 0}`
          if (!words.has(key)) words.set(key, { a: nextA, b: nextB, parted: apart, word: text })
        }
      }
    }
    return undefined
  }

  /** A character that both positions read; empty when there is none. */
  #shared(a: number, b: number): string {
    const key = a * this.#sets.length + b
    const known = this.#common.get(key) ?? representative(intersect(this.#set(a), this.#set(b)))
    this.#common.set(key, known)
    return known
  }

  #span(node: RegexNode): Span {
    switch (node.kind) {
      case 'empty':
        return { nullable: true, first: [], last: [] }
      case 'chars':
        return this.#position(node.set)
      case 'sequence':
        return this.#sequence(node.parts)
      case 'choice': {
        const spans = node.parts.map((part) => this.#span(part))
        return {
          nullable: spans.some(({ nullable }) => nullable),
          first: spans.flatMap(({ first }) => first),
          last: spans.flatMap(({ last }) => last),
        }
      }
      case 'repeat': {
        const span = this.#span(node.node)
        if (node.max >= manyRepeats && node.max !== node.min) this.#connect(span.last, span.first)
        return { ...span, nullable: span.nullable || node.min === 0 }
      }
    }
  }

  #position(set: CharSet): Span {
    const position = this.#sets.push(set) - 1
    this.#edges.push(new Map())
    return { nullable: false, first: [position], last: [position] }
  }

  #sequence(parts: readonly RegexNode[]): Span {
    let whole: Span = { nullable: true, first: [], last: [] }
    for (const part of parts) {
      const next = this.#span(part)
      this.#connect(whole.last, next.first)
      whole = {
        nullable: whole.nullable && next.nullable,
        first: whole.nullable ? [...whole.first, ...next.first] : whole.first,
        last: next.nullable ? [...whole.last, ...next.last] : next.last,
      }
    }
    return whole
  }

  #connect(from: readonly number[], to: readonly number[]): void {
    for (const source of from) {
      const targets = this.#edges[source]
      for (const target of to) targets?.set(target, (targets.get(target) ?? 0) + 1)
    }
  }

  #set(position: number): CharSet {
    return this.#sets[position] ?? []
  }
}
