import type { KeyClass } from './key-name.ts'
import { nameAround } from './scan.ts'

// Gates look at a whole chunk, not at a line: they may let through too much, never too little.

/** A look at the text around a literal. */
export type Gate = (text: string, position: number) => boolean

const isWordCode = (code: number): boolean =>
  (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57) || code === 95

const inPhrase = (code: number): boolean =>
  isWordCode(code) ||
  (code >= 39 && code <= 41) ||
  code === 64 ||
  code === 45 ||
  code === 46 ||
  code === 32 ||
  code === 34

/** After a name and a blank: a word no sentence has, or a sentence that ends in a value. */
function mayTell(text: string, end: number): boolean {
  let index = end + 1
  let code = text.charCodeAt(index)
  while (code >= 97 && code <= 122) code = text.charCodeAt(++index)
  if (code !== 32 && code !== 44 && code !== 46 && code !== 10) return true
  const limit = Math.min(text.length, end + 700)
  while (index < limit && inPhrase(text.charCodeAt(index))) index++
  code = text.charCodeAt(index)
  if (code !== 10 && code !== 13 && index < text.length)
    return code === 58 || code === 61 || code === 9 || code === 96 || code === 47
  return /\b(?:is|to|as|now)\s/.test(text.slice(end, index))
}

/** A name is followed by something that can stand between a name and its value. */
export function nameGate(classify: (name: string) => KeyClass): Gate {
  return (text, position) => {
    const { start, end } = nameAround(text, position)
    const code = text.charCodeAt(end)
    // Letters and marks that end a name without giving it a value.
    if (code === 47 || code === 46 || code === 59 || code === 64 || code === 125 || code === 33) return false
    if (code !== 32 && code !== 9) return true
    const next = text.charCodeAt(end + 1)
    if (next === 32 || next === 61 || next === 58 || next === 124 || next === 9 || next === 34 || next === 39)
      return true
    const { certainty } = classify(text.slice(start, end))
    return (
      (certainty === 'sure' || certainty === 'likely') &&
      (start > 0 && text.charCodeAt(start) === 45 ? true : mayTell(text, end))
    )
  }
}

/** The address has user information. */
export const urlGate: Gate = (text, position) => {
  const limit = Math.min(text.length, position + 1024)
  for (let index = position + 3; index < limit; index++) {
    const code = text.charCodeAt(index)
    if (code === 64) return true
    if (code <= 32 || code === 34 || code === 39 || code === 60 || code === 62 || code === 96 || code === 92)
      return false
  }
  return false
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

/** The line begins with a prompt or is an echo of `set -x`. */
export const promptGate: Gate = (text, position) => {
  const start = text.lastIndexOf('\n', position) + 1
  return position - start < 2000 && prompt.test(text.slice(start, Math.min(position, start + 140)))
}
