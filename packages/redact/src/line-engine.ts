import type { Literal } from './prefilter/literal.ts'
import { createPrefilter, type Prefilter } from './prefilter/prefilter.ts'
import { foldRuns } from './repeats.ts'
import type { Rule } from './rule.ts'
import { createKeyClassifier, type KeyClass } from './scan/key-name.ts'
import { coreLiterals, createExactScanner } from './scan/registry.ts'
import { createRuleScanner } from './scan/rule-scanner.ts'
import { isLeftOut, type LineScan, resumeAt, type Scanner } from './scan/scan.ts'
import { holeAt, placeholder, placeholdersIn, Spans } from './spans.ts'
import { advance, noteStates } from './states/advance.ts'
import { type Carry, copyCarry, emptyCarry, isWaiting, sameCarry } from './states/carry.ts'

/** What is the same for all streams of one redactor. */
export interface LineEngine {
  readonly prefilter: Prefilter<Scanner>
  readonly classify: (name: string) => KeyClass
  readonly allow: ReadonlySet<string>
}

export interface EngineOptions {
  readonly rules: readonly Rule[]
  readonly secrets: readonly string[]
  readonly allow: readonly string[]
}

export function createLineEngine(options: EngineOptions): LineEngine {
  const classify = createKeyClassifier()
  const literals: Literal<Scanner>[] = [...coreLiterals(classify)]
  for (const rule of options.rules) {
    const { scanner, gate } = createRuleScanner(rule)
    for (const text of rule.prefixes) literals.push({ text, exact: rule.anyCase !== true, tag: scanner, gate })
  }
  for (const secret of options.secrets) literals.push({ text: secret, exact: true, tag: createExactScanner(secret) })
  return { prefilter: createPrefilter(literals), classify, allow: new Set(options.allow) }
}

/** How often a line is read at most. Two readings are enough for nearly all. */
const mostPasses = 8

/** What became of a line. */
interface Reading {
  readonly line: string
  before: Carry
  readonly masked: string
  readonly after: Carry
  readonly rules: readonly string[]
}

/** A line that stays as it is when it is read in this state, and the state behind it. */
interface Settled {
  readonly line: string
  readonly before: Carry
  readonly after: Carry
}

/** Reads one line after the other. The same line in the same state is not read again. */
export class LineReader {
  readonly #engine: LineEngine
  readonly #count: (rule: string) => void
  #carry: Carry = emptyCarry()
  #last: Reading | undefined
  /** The last masked line in which nothing more was found: others often differ from it in their secret alone. */
  #settled: Settled | undefined
  /** What was found in the line being read. */
  #rules: string[] = []

  constructor(engine: LineEngine, count: (rule: string) => void) {
    this.#engine = engine
    this.#count = count
  }

  /** Whether the next line has to be read even when nothing in it wakes a rule. */
  get waiting(): boolean {
    return isWaiting(this.#carry)
  }

  /** Inside a private key, where each line counts as the same finding. */
  get inKey(): boolean {
    return this.#carry.key !== undefined
  }

  /** The stretches to mask in a window of a line too long to be read whole; states do not pass through it. */
  window(text: string): Spans {
    this.#carry = emptyCarry()
    const folded = foldRuns(text)
    return folded.unfold(this.#scan(folded.text).spans)
  }

  /**
   * The line as it may be shown.
   *
   * A placeholder changes what its neighbours look like, so what was masked is read again, from the same state, until
   * nothing more is found: masking twice is masking once.
   */
  line(line: string): string {
    const before = this.#carry
    const last = this.#last
    if (last !== undefined && last.line === line && sameCarry(last.before, before)) {
      for (const rule of last.rules) this.#count(rule)
      this.#carry = last.after
      last.before = before
      return last.masked
    }
    this.#rules = []
    const masked = this.#read(line, before)
    this.#last = { line, before, masked, after: this.#carry, rules: this.#rules }
    for (const rule of this.#rules) this.#count(rule)
    return masked
  }

  #read(line: string, before: Carry): string {
    let text = line
    let { key } = before
    for (let pass = 0; pass < mostPasses; pass++) {
      this.#carry = copyCarry(before)
      const masked = pass === 0 ? this.#pass(text) : this.#passAgain(text, before)
      // Only the first reading sees whether the line goes on with a private key.
      if (pass === 0) key = this.#carry.key
      if (masked === text) break
      text = masked
    }
    this.#carry.key ??= key
    return text
  }

  #passAgain(line: string, before: Carry): string {
    const settled = this.#settled
    if (settled !== undefined && settled.line === line && sameCarry(settled.before, before)) {
      this.#carry = copyCarry(settled.after)
      return line
    }
    const masked = this.#pass(line)
    if (masked === line) this.#settled = { line, before, after: copyCarry(this.#carry) }
    return masked
  }

  #pass(line: string): string {
    const before = this.#carry.key
    const folded = foldRuns(line)
    const scan = this.#scan(folded.text)
    advance(this.#carry, scan)
    noteStates(this.#carry, scan)
    scan.spans.cutOut(scan.holes)
    this.#drop(scan.spans, folded.text)
    const counts = before === undefined || before !== this.#carry.key || before.lines <= 1
    return this.render(line, folded.unfold(scan.spans), 0, line.length, (rule) => {
      if (counts || rule !== 'private-key') this.#rules.push(rule)
    })
  }

  /** `line` from `from` to `to` with its stretches masked. */
  render(line: string, spans: Spans, from: number, to: number, count: (rule: string) => void = this.#count): string {
    if (spans.empty) return line.slice(from, to)
    let out = ''
    let at = from
    for (const span of spans.merged()) {
      if (span.end <= at || span.start >= to) continue
      out += line.slice(at, Math.max(at, span.start)) + span.before + placeholder(span.rule) + span.after
      at = Math.min(to, span.end)
      count(span.rule)
    }
    return out + line.slice(at, to)
  }

  #scan(line: string): LineScan {
    const scan: LineScan = {
      line,
      spans: new Spans(),
      holes: placeholdersIn(line),
      classify: this.#engine.classify,
      budget: 32_768 + 4 * line.length,
      doneFrom: 0,
      doneTo: 0,
      cookiesDone: 0,
      commandsDone: undefined,
      namesDone: 0,
      manifest: false,
      command: false,
      putty: 0,
      privateKeyPrefix: undefined,
      columns: undefined,
      pending: undefined,
    }
    const { line: search } = this.#engine.prefilter
    const { holes } = scan
    search.open(line, 0, line.length)
    for (let at = search.next(0); at >= 0; at = search.next(Math.max(at, resumeAt(scan, at)))) {
      const { text = '', tag } = search.found ?? {}
      if (!isLeftOut(scan, at, at + text.length) && holeAt(holes, at) === undefined) tag?.(scan, at)
    }
    if (holes.length > 0) scan.spans.cutOut(holes)
    return scan
  }

  #drop(spans: Spans, line: string): void {
    const { allow } = this.#engine
    if (allow.size > 0 && !spans.empty) spans.filter((start, end) => !allow.has(line.slice(start, end)))
  }
}
