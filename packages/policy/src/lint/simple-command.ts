import type { Piece } from '../placeholder.ts'
import type { Template, Word } from '../template.ts'

/** One program and its words, with quotes taken off literals: what the rules look at. */
export interface SimpleCommand {
  /** Name of the program without its folder; empty when a value chooses it. */
  readonly program: string
  /** The words after the program. */
  readonly words: readonly Word[]
  /** Runs as root. */
  readonly sudo: boolean
}

/** The commands that a template runs. */
export function commandsOf(template: Template): readonly SimpleCommand[] {
  const { form } = template
  if (form.kind === 'argv') return [toCommand(form.words, form.sudo)]
  return splitCommands(form.pieces).map((words) => toCommand(words, false))
}

/** Literal text of a word, with `{name}` for its parameters. */
export function wordText(word: Word): string {
  return word.map((piece) => ('text' in piece ? piece.text : `{${piece.param}}`)).join('')
}

/** Wrappers that run what follows them, with the options of theirs that take a value. */
const wrappers: Readonly<Record<string, readonly string[]>> = {
  sudo: ['-u', '-g', '-h', '-p', '-C', '-T', '-U'],
  env: ['-u', '-C'],
  nice: ['-n'],
  ionice: ['-c', '-n'],
  nohup: [],
  setsid: [],
  time: [],
  exec: [],
  command: [],
}

function toCommand(words: readonly Word[], sudo: boolean): SimpleCommand {
  const [first, ...rest] = words
  const text = first === undefined || first.some((piece) => 'param' in piece) ? '' : wordText(first)
  if (/^[A-Za-z_][A-Za-z0-9_]*=/.test(first ? wordText(first) : '') && rest.length > 0) return toCommand(rest, sudo)
  const program = text.replace(/^.*\//, '')
  const valued = Object.hasOwn(wrappers, program) ? wrappers[program] : undefined
  if (valued === undefined) return { program, words: rest, sudo }
  let at = 0
  for (let word = rest[at]; word && wordText(word).startsWith('-'); word = rest[at]) {
    at += valued.includes(wordText(word)) ? 2 : 1
  }
  const inner = rest.slice(at)
  return inner.length === 0 ? { program, words: rest, sudo } : toCommand(inner, sudo || program === 'sudo')
}

/** Cuts a shell text into commands and words, well enough for what `findMisplaced` lets pass. */
function splitCommands(pieces: readonly Piece[]): readonly (readonly Word[])[] {
  const splitter = new Splitter()
  for (const piece of pieces) {
    if ('param' in piece) splitter.append(piece)
    else splitter.read(piece.text)
  }
  return splitter.end()
}

class Splitter {
  readonly #commands: Word[][] = []
  #words: Word[] = []
  #word: Piece[] | undefined

  append(piece: Piece): void {
    this.#word ??= []
    this.#word.push(piece)
  }

  read(text: string): void {
    const token = /'([^']*)'|"((?:\\.|[^"\\])*)"|\\(.)|([\s]+)|([;&|()]+)|([<>]+&?)|([^'"\\\s;&|()<>]+|.)/gsu
    for (const [, single, double, escaped, blank, operator, redirect, plain] of text.matchAll(token)) {
      const literal = single ?? double ?? escaped ?? plain
      if (literal !== undefined) this.append({ text: literal })
      else this.#endWord()
      if (operator !== undefined || blank?.includes('\n')) this.#endCommand()
      if (redirect !== undefined) this.#words.push([{ text: redirect }])
    }
  }

  end(): readonly (readonly Word[])[] {
    this.#endWord()
    this.#endCommand()
    return this.#commands
  }

  #endWord(): void {
    if (this.#word) this.#words.push(this.#word)
    this.#word = undefined
  }

  #endCommand(): void {
    if (this.#words.length > 0) this.#commands.push(this.#words)
    this.#words = []
  }
}
