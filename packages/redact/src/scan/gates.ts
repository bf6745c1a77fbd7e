import type { KeyClass } from './key-name.ts'
import { nameAround, nameEnd, nameStart } from './scan.ts'

// Gates look at a whole chunk, not at a line: they may let through too much, never too little. What they learn about a
// stretch they keep until the text changes, so that a text made of nothing but literals is read once, not once per literal.

/** A look at the text around a literal. */
export type Gate = (text: string, position: number) => boolean

/** Letters, digits and `_`. */
export const isWordCode = (code: number): boolean =>
  (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57) || code === 95

/** 1 for what a sentence is made of, by code. */
const phraseCodes = Uint8Array.from({ length: 128 }, (_, code) =>
  /[\w'()@. "-]/.test(String.fromCharCode(code)) ? 1 : 0,
)

const isMark = (code: number): boolean => '!#$%&*+?^~'.includes(String.fromCharCode(code))

interface Stretch {
  text: string
  from: number
  to: number
}

const covers = (stretch: Stretch, text: string, position: number): boolean =>
  position >= stretch.from && position < stretch.to && stretch.text === text

const remember = (stretch: Stretch, text: string, from: number, to: number): void => {
  stretch.text = text
  stretch.from = from
  stretch.to = to
}

/** After a name and a blank: a word no sentence has, or a sentence that ends in a value. */
function createPhraseGate(): Gate {
  const phrase: Stretch = { text: '', from: 0, to: 0 }
  return (text, end) => {
    let index = end + 1
    let code = text.charCodeAt(index)
    while (code >= 97 && code <= 122) code = text.charCodeAt(++index)
    if (code !== 32 && code !== 44 && code !== 46 && code !== 10) return true
    if (!covers(phrase, text, index)) {
      const limit = Math.min(text.length, index + 700)
      let stop = index
      while (stop < limit && phraseCodes[text.charCodeAt(stop)] === 1) stop++
      remember(phrase, text, index, stop)
    }
    const stop = Math.max(phrase.to, index)
    code = text.charCodeAt(stop)
    if (code === 10 || code === 13 || stop >= text.length) return /\b(?:is|to|as|now)\s/.test(text.slice(end, stop))
    if (code === 58 || code === 61 || code === 9 || code === 96 || code === 47) return true
    // No comma and no bracket, but a mark that passwords have.
    return isMark(code) && /^ (?:[\w@.'"()-]+ ){0,8}(?:is|to|as|now) \S/.test(text.slice(end, end + 160))
  }
}

/** A name is followed by something that can stand between a name and its value. */
export function createNameGate(classify: (name: string) => KeyClass): Gate {
  const mayTell = createPhraseGate()
  const name: Stretch & { open: boolean } = { text: '', from: 0, to: 0, open: false }
  const look = (text: string, start: number, end: number): boolean => {
    const code = text.charCodeAt(end)
    // Marks that end a name without giving it a value.
    if (code === 47 || code === 46 || code === 59 || code === 64 || code === 125 || code === 33) return false
    const { certainty } = classify(text.slice(start, end))
    // Only a word before it, as in `API key`, could make a secret of it.
    if (certainty === 'none' && text.charCodeAt(start - 1) !== 32) return false
    if (code !== 32 && code !== 9) return end - start < 120
    const next = text.charCodeAt(end + 1)
    if (next === 46 && text.charCodeAt(end + 2) === 46) return true
    if (next === 32 || next === 61 || next === 58 || next === 124 || next === 9 || next === 34 || next === 39)
      return true
    if (certainty !== 'sure' && certainty !== 'likely') return false
    return text.charCodeAt(start) === 45 || mayTell(text, end)
  }
  return (text, position) => {
    if (covers(name, text, position)) return name.open
    const { start, end } = nameAround(text, position)
    remember(name, text, start, end)
    name.open = look(text, start, end)
    return name.open
  }
}

/** A name that is all of a cell: nothing but the marks and blanks of a table around it. */
export const headerGate: Gate = (text, position) => {
  const end = nameEnd(text, position)
  return endsCell(text, end) && beginsCell(text, nameStart(text, position))
}

const isEdge = (code: number): boolean =>
  Number.isNaN(code) || code === 10 || code === 13 || code === 9 || code === 44 || code === 124 || code === 0x2502

/** Letters and blanks may follow, as in `Secret access key`. */
function endsCell(text: string, end: number): boolean {
  let at = end
  const limit = at + 40
  while (at < limit && (text.charCodeAt(at) === 32 || text.charCodeAt(at) === 34 || isWordCode(text.charCodeAt(at)))) {
    if (text.charCodeAt(at) === 32 && text.charCodeAt(at + 1) === 32) return true
    at++
  }
  return isEdge(text.charCodeAt(at))
}

function beginsCell(text: string, start: number): boolean {
  let at = start - 1
  const limit = Math.max(-1, start - 40)
  while (at > limit && (text.charCodeAt(at) === 32 || text.charCodeAt(at) === 34 || isWordCode(text.charCodeAt(at)))) {
    if (text.charCodeAt(at) === 32 && text.charCodeAt(at - 1) === 32) return true
    at--
  }
  return isEdge(text.charCodeAt(at))
}

/** The address has user information. */
export function createUrlGate(): Gate {
  const clean: Stretch = { text: '', from: 0, to: 0 }
  return (text, position) => {
    if (covers(clean, text, position)) return false
    const limit = Math.min(text.length, position + 1024)
    for (let index = position + 3; index < limit; index++) {
      const code = text.charCodeAt(index)
      if (code === 64) return true
      if (code <= 32 || code === 34 || code === 39 || code === 60 || code === 62 || code === 96 || code === 92) {
        remember(clean, text, position, index)
        return false
      }
    }
    remember(clean, text, position, limit)
    return false
  }
}

/** A program's name, whole and with an argument after it. */
export const programGate =
  (name: string): Gate =>
  (text, position) => {
    const before = text.charCodeAt(position - 1)
    if (isWordCode(before) || before === 45 || before === 46) return false
    const after = text.charCodeAt(position + name.trimEnd().length)
    return after === 32 || after === 9 || after === 34 || after === 39
  }

const prompt = /^.{0,120}?(?:^|[\s\w~\])}@])[$#%>+][ \t]/
const longestCommand = 400

/** 1 for a line break, 2 for a mark that ends a prompt, by code. */
const promptCodes = Uint8Array.from({ length: 128 }, (_, code) =>
  code === 10 ? 1 : '$#%>+'.includes(String.fromCharCode(code)) ? 2 : 0,
)

/** The line begins with a prompt or is an echo of `set -x`. */
export function createPromptGate(): Gate {
  const line: Stretch & { open: boolean } = { text: '', from: 0, to: 0, open: false }
  return (text, position) => {
    if (covers(line, text, position)) return line.open
    let start = position
    let marked = false
    const limit = Math.max(0, position - longestCommand)
    for (; start > limit; start--) {
      const kind = promptCodes[text.charCodeAt(start - 1)]
      if (kind === 1) break
      if (kind === 2) marked = true
    }
    const inside = start === 0 || text.charCodeAt(start - 1) === 10
    line.open = inside && marked && prompt.test(text.slice(start, Math.min(position, start + 140)))
    const rest = text.slice(position, position + longestCommand).indexOf('\n')
    const stop = rest < 0 ? Math.min(text.length, position + longestCommand) : position + rest
    // Beyond what a command may be long, no prompt is near.
    remember(line, text, position, inside ? Math.min(stop, start + longestCommand) : stop)
    return line.open
  }
}
