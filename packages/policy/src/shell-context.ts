import type { Piece } from './placeholder.ts'

/** A placeholder that stands where no quoting can hold, and why. */
export interface Misplaced {
  readonly param: string
  readonly why: string
}

/** What may touch a placeholder: plain word characters, and what ends a word. */
const plain = /[A-Za-z0-9_./:@%+,=-]/
const wordEnd = /[\s;&|()<>]/

/**
 * Looks at a command text the way a shell reads it and finds the placeholders that stand inside quotes, substitutions,
 * here-documents or comments, or that touch something which would change their meaning.
 *
 * @returns the first misplaced placeholder, or `unclosed` when a quote or substitution is never closed
 */
export function findMisplaced(pieces: readonly Piece[]): Misplaced | { readonly unclosed: string } | undefined {
  const reader = new ContextReader()
  for (const [index, piece] of pieces.entries()) {
    if ('text' in piece) {
      reader.read(piece.text)
      continue
    }
    const why = reader.context() ?? touching(pieces[index - 1], pieces[index + 1])
    if (why) return { param: piece.param, why }
    reader.word()
  }
  const open = reader.open()
  return open ? { unclosed: open } : undefined
}

function touching(before: Piece | undefined, after: Piece | undefined): string | undefined {
  const left = before && 'text' in before ? before.text.at(-1) : undefined
  // zsh expands `=name` at the beginning of a word to the path of a program.
  if (before && 'text' in before && /(?:^|[\s;&|()<>])=$/.test(before.text))
    return 'touches "=" at the beginning of a word'
  const right = after && 'text' in after ? after.text.at(0) : undefined
  for (const neighbour of [left, right]) {
    if (neighbour === undefined || plain.test(neighbour) || wordEnd.test(neighbour)) continue
    return `touches ${JSON.stringify(neighbour)}; give it a word of its own`
  }
  return undefined
}

type Frame = 'single' | 'double' | 'backtick' | 'substitution' | 'arithmetic' | 'parameter' | 'group'

const words: Readonly<Record<Exclude<Frame, 'group'>, string>> = {
  single: 'single quotes',
  double: 'double quotes',
  backtick: 'backticks',
  substitution: '$(…)',
  arithmetic: '$((…))',
  parameter: 'a parameter expansion',
}

/** Just enough of a shell's lexer: which construct is open after the text read so far. */
class ContextReader {
  readonly #stack: Frame[] = []
  #escaped = false
  #previous = ' '
  #hereDocument = false
  #comment = false
  #ansiQuotes = false

  read(text: string): void {
    for (let at = 0; at < text.length; ) at += this.#step(text, at)
  }

  /** A placeholder stood here: to what follows it is a word. */
  word(): void {
    this.#previous = 'x'
    this.#escaped = false
  }

  /** Why nothing may be put in here, if so. */
  context(): string | undefined {
    const frame = this.#innermost()
    if (frame) return `stands inside ${words[frame]}; the placeholder is quoted by itself, take it out of there`
    if (this.#escaped) return 'stands after a backslash'
    if (this.#previous === '$') return 'stands after $'
    if (this.#ansiQuotes) return "stands after $'…', which shells read differently"
    if (this.#hereDocument) return 'stands in or after a here-document; use argv with stdin'
    return this.#comment ? 'stands in a comment' : undefined
  }

  open(): string | undefined {
    const frame = this.#innermost()
    return frame && words[frame]
  }

  #innermost(): Exclude<Frame, 'group'> | undefined {
    for (const frame of this.#stack.toReversed()) if (frame !== 'group') return frame
    return undefined
  }

  #step(text: string, at: number): number {
    const character = text.charAt(at)
    if (this.#escaped) return this.#pass('x')
    const top = this.#stack.at(-1)
    if (this.#comment) {
      if (character === '\n') this.#comment = false
      return this.#pass(character)
    }
    if (top === 'single') return this.#close(character === "'", character)
    if (character === '\\') {
      this.#escaped = true
      return 1
    }
    if (top === 'double' && character === '"') return this.#close(true, character)
    if (top === 'backtick' && character === '`') return this.#close(true, character)
    return top === 'double' ? this.#expansion(text, at) : this.#unquoted(text, at)
  }

  #unquoted(text: string, at: number): number {
    const character = text.charAt(at)
    const top = this.#stack.at(-1)
    if (character === "'") {
      if (this.#previous === '$') this.#ansiQuotes = true
      return this.#push('single', 1)
    }
    if (character === '"') return this.#push('double', 1)
    if (character === '#' && /[\s;&|(]/.test(this.#previous) && top !== 'arithmetic' && top !== 'parameter') {
      this.#comment = true
      return this.#pass(character)
    }
    if (character === '(') return this.#push('group', 1)
    if (character === ')' && top === 'arithmetic') return this.#close(true, character, 2)
    if (character === ')' && (top === 'group' || top === 'substitution')) return this.#close(true, character)
    if (character === '}' && top === 'parameter') return this.#close(true, character)
    if (text.startsWith('<<', at) && top !== 'arithmetic') this.#hereDocument = true
    return this.#expansion(text, at)
  }

  #expansion(text: string, at: number): number {
    if (text.startsWith('$((', at)) return this.#push('arithmetic', 3)
    if (text.startsWith('$(', at)) return this.#push('substitution', 2)
    if (text.startsWith('${', at)) return this.#push('parameter', 2)
    if (text.charAt(at) === '`') return this.#push('backtick', 1)
    return this.#pass(text.charAt(at))
  }

  #push(frame: Frame, length: number): number {
    this.#stack.push(frame)
    this.#previous = ' '
    return length
  }

  #close(closes: boolean, character: string, length = 1): number {
    if (!closes) return this.#pass(character)
    this.#stack.pop()
    this.#previous = 'x'
    return length
  }

  #pass(character: string): number {
    this.#escaped = false
    this.#previous = character
    return 1
  }
}
