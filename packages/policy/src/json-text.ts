import { kernelErrors } from '@sshmcp/kernel'

const literal = /true|false|null/y
const number = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y
const string = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y
/** Where one begins. */
const comment = /(?=\/[/*])/y
const blank = /[ \t\r\n]*/y
const maxDepth = 64

/**
 * Reads JSON and says where it is malformed.
 *
 * Engines differ in whether they tell the place, and all take the last of two equal keys in silence; a configuration
 * that means something else than it shows is refused here.
 *
 * @throws CONFIG_INVALID with `source:line:column`
 */
export function parseJson(text: string, source: string): unknown {
  const body = text.startsWith('\ufeff') ? text.slice(1) : text
  const fault = findFault(body)
  if (fault) {
    const where = `${source}:${position(body, fault.at)}`
    throw kernelErrors.error('CONFIG_INVALID', {
      message: `${where}: ${fault.what}.`,
      next: `Correct ${where} and start again.`,
    })
  }
  return JSON.parse(body)
}

interface Fault {
  readonly at: number
  readonly what: string
}

function position(text: string, at: number): string {
  const before = text.slice(0, at).split('\n')
  return `${before.length}:${(before.at(-1)?.length ?? 0) + 1}`
}

function findFault(text: string): Fault | undefined {
  const reader = new Reader(text)
  try {
    reader.value(0)
    reader.end()
    return undefined
  } catch (error) {
    if (error instanceof Malformed) return error
    throw error
  }
}

class Malformed extends Error implements Fault {
  readonly at: number
  readonly what: string

  constructor(at: number, what: string) {
    super(what)
    this.at = at
    this.what = what
  }
}

class Reader {
  readonly #text: string
  #at = 0

  constructor(text: string) {
    this.#text = text
  }

  value(depth: number): void {
    if (depth > maxDepth) this.#fail('nested too deeply')
    this.#take(blank)
    const next = this.#text[this.#at]
    if (next === '{') this.#members(depth)
    else if (next === '[') this.#elements(depth)
    else if (next === '"') this.#string()
    else if (this.#take(literal) === undefined && this.#take(number) === undefined) this.#fail('a value is expected')
  }

  end(): void {
    this.#take(blank)
    if (this.#at < this.#text.length) this.#fail('the text should end here')
  }

  #members(depth: number): void {
    const seen = new Set<string>()
    this.#list('}', () => {
      const at = this.#at
      const key = this.#string()
      if (seen.has(key)) throw new Malformed(at, `the key ${key} stands here twice`)
      seen.add(key)
      this.#take(blank)
      if (!this.#eat(':')) this.#fail('":" is expected')
      this.value(depth + 1)
    })
  }

  #elements(depth: number): void {
    this.#list(']', () => this.value(depth + 1))
  }

  #list(close: string, item: () => void): void {
    this.#at++
    this.#take(blank)
    if (this.#eat(close)) return
    for (;;) {
      this.#take(blank)
      item()
      this.#take(blank)
      if (this.#eat(close)) return
      if (!this.#eat(',')) this.#fail(`"," or "${close}" is expected`)
      this.#take(blank)
      if (this.#text[this.#at] === close) this.#fail(`the comma before this "${close}" is one too many`)
    }
  }

  #string(): string {
    const found = this.#take(string)
    if (found === undefined)
      this.#fail(this.#text[this.#at] === '"' ? 'a broken string' : 'a key in quotes is expected')
    return found
  }

  #eat(character: string): boolean {
    if (this.#text[this.#at] !== character) return false
    this.#at++
    return true
  }

  #take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at
    const found = pattern.exec(this.#text)?.[0]
    if (found !== undefined) this.#at += found.length
    return found
  }

  #fail(what: string): never {
    if (this.#take(comment) !== undefined)
      throw new Malformed(this.#at, 'JSON has no comments; a key that begins with "_" may hold one')
    throw new Malformed(this.#at, this.#at >= this.#text.length ? `the text ends too early, ${what}` : what)
  }
}
