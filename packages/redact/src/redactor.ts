import { redactErrors } from './errors.ts'
import { exactForms } from './exact-forms.ts'
import { createLineEngine, type LineEngine } from './line-engine.ts'
import { type OwnRule, parseRules, parseSecrets, toRules } from './own-rules.ts'
import type { Rule } from './rule.ts'
import { coreRules } from './rules/core-rules.ts'
import { Transducer } from './transducer.ts'
import { maskValue } from './value.ts'

/** How often each rule found something: rule id to count. Never a value, a place or a length. */
export type Findings = Readonly<Record<string, number>>

/** What a redactor knows beside its rules. */
export interface RedactorOptions {
  /**
   * Texts that are known to be secret: masked wherever they stand, also in base64, URL-encoded and JSON-escaped form. Of one with
   * several lines each line of twelve characters or more. A text of fewer than six characters is not masked: too much that is none
   * would go with it.
   */
  readonly secrets?: readonly string[]
  /** Rules of the installation, checked as `parseRules` does. */
  readonly rules?: readonly OwnRule[]
  /** Texts that are masked by no rule: a match that is exactly one of them stays. `secrets` are masked all the same. */
  readonly allow?: readonly string[]
}

/** Text in pieces. What goes in cut anywhere comes out the same. */
export interface RedactionStream {
  /** Takes the next piece and gives what is certain by now; the unfinished line is kept back. @throws `REDACT_NOT_TEXT` */
  write(chunk: string): string
  /** Gives out a prompt that waits at the end without a line break; nothing that may be the beginning of a secret. */
  flush(): string
  /** Gives the rest. */
  end(): string
  readonly findings: Findings
}

/** Masks secrets in text, values and streams. What it answers depends on no earlier call. */
export interface Redactor {
  /** @throws `REDACT_NOT_TEXT` for bytes and whatever else is no text */
  redact(text: string): { readonly text: string; readonly findings: Findings }
  /** Masks inside of a JSON value: every string, knowing the names it stands under. The structure stays. */
  redactValue<T>(value: T): { readonly value: T; readonly findings: Findings }
  stream(): RedactionStream
}

const longestPlain = 40
const mostPlain = 1_000

class Tally {
  readonly #counts = new Map<string, number>()
  readonly add = (rule: string): void => {
    this.#counts.set(rule, (this.#counts.get(rule) ?? 0) + 1)
  }
  get findings(): Findings {
    return Object.fromEntries(this.#counts)
  }
}

/**
 * Short texts in which nothing was found. The parts of values are mostly names of members and of things, the same ones again
 * and again: a journal's entries would otherwise be read anew, word for word, with each call.
 */
class PlainTexts {
  readonly #texts = new Set<string>()

  has(text: string): boolean {
    return this.#texts.has(text)
  }

  add(text: string): void {
    if (text.length > longestPlain) return
    if (this.#texts.size >= mostPlain) this.#texts.clear()
    this.#texts.add(text)
  }
}

/** Bytes would be read as a list of numbers, which shows them: nothing but text is let in. */
function requireText(text: string): string {
  if (typeof text === 'string') return text
  throw redactErrors.error('REDACT_NOT_TEXT', { message: 'What was to be redacted is no text.' })
}

/** The redactor over a set of rules; `createRedactor` names the set. */
export function redactorOver(vendorRules: () => readonly Rule[], options: RedactorOptions): Redactor {
  const file = parseRules({ rules: options.rules ?? [], allow: options.allow ?? [] })
  const own = toRules(file.rules)
  const secrets = [...new Set(parseSecrets(options.secrets ?? []).flatMap(exactForms))]
  const allow = file.allow.filter((text) => !secrets.includes(text))
  let engine: LineEngine | undefined
  const ready = (): LineEngine => {
    engine ??= createLineEngine({ rules: [...own, ...coreRules(), ...vendorRules()], secrets, allow })
    return engine
  }
  const redactText = (text: string, count: (rule: string) => void): string => {
    const transducer = new Transducer(ready(), count)
    return transducer.write(text) + transducer.end()
  }
  const plain = new PlainTexts()
  const redactPart = (text: string, count: (rule: string) => void): string => {
    if (plain.has(text)) return text
    const masked = redactText(text, count)
    if (masked === text) plain.add(text)
    return masked
  }
  return {
    redact: (text) => {
      const tally = new Tally()
      return { text: redactText(requireText(text), tally.add), findings: tally.findings }
    },
    redactValue: (value) => {
      const tally = new Tally()
      const masked = maskValue(value, {
        text: (text) => redactPart(text, tally.add),
        count: tally.add,
        classify: ready().classify,
        allow: new Set(allow),
      })
      return { value: masked, findings: tally.findings }
    },
    stream: () => {
      const tally = new Tally()
      const transducer = new Transducer(ready(), tally.add)
      return {
        write: (chunk) => transducer.write(requireText(chunk)),
        flush: () => transducer.flush(),
        end: () => transducer.end(),
        get findings() {
          return tally.findings
        },
      }
    },
  }
}
