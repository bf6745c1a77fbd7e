/** Control characters that are neither tab nor newline. */
const body = '[^\\u0000-\\u0008\\u000a-\\u001f\\u007f-\\u009f]{0,4096}'
const csi = '(?:\\u001b\\[|\\u009b)[0-?]{0,64}[ -/]{0,8}'
const stringStart = '(?:\\u001b[\\]PX^_]|[\\u0090\\u0098\\u009d-\\u009f])'

interface Patterns {
  readonly suspicious: RegExp
  readonly removable: RegExp
  readonly unfinished: RegExp
}

let compiled: Patterns | undefined

/** Compiled at the first use: most starts of the server never see output. ECMA-48 §5.4 and §8.3 for the sequences. */
function patterns(): Patterns {
  const sequence = `${csi}[@-~]|${stringStart}${body}(?:\\u001b\\\\|\\u0007|\\u009c)|\\u001b[ -/]{0,8}[0-~]`
  const characters =
    '[\\u0000-\\u0008\\u000b-\\u001f\\u007f-\\u009f\\u00ad\\u061c\\u180e\\u200b-\\u200f\\u2028-\\u202e\\u2060-\\u206f\\ufeff\\ufff9-\\ufffb]|[\\u{e0000}-\\u{e007f}]'
  compiled ??= {
    suspicious: new RegExp(characters, 'u'),
    removable: new RegExp(`\\r\\n|${sequence}|${characters}`, 'gu'),
    unfinished: new RegExp(`(?:\\r|${csi}|${stringStart}${body}\\u001b?|\\u001b[ -/]{0,8})$`, 'u'),
  }
  return compiled
}

/** Longer than the longest unfinished sequence. */
const tailLength = 4_200

/**
 * Takes out of one stream's text what could move a cursor, reorder text or hide in it, and counts it. Sequences may be cut
 * anywhere between two writes. A carriage return becomes a newline, so that no line overwrites another; tab and newline stay.
 * Time is linear in the text and the state bounded: a sequence that does not end within 4 KiB loses its beginning only.
 */
export class OutputCleaner {
  #held = ''
  #count = 0

  /** A terminal sequence counts once, a character once; CR LF is a line end and does not count. */
  get count(): number {
    return this.#count
  }

  write(text: string): string {
    const whole = this.#held + text
    this.#held = ''
    const { suspicious, unfinished } = patterns()
    if (!suspicious.test(whole)) return whole
    const from = Math.max(0, whole.length - tailLength)
    const open = unfinished.exec(whole.slice(from))
    if (open === null) return this.#clean(whole)
    this.#held = open[0]
    return this.#clean(whole.slice(0, whole.length - open[0].length))
  }

  /** The rest, when the stream has ended. */
  end(): string {
    const rest = this.#held
    this.#held = ''
    return this.#clean(rest)
  }

  #clean(text: string): string {
    return text.replace(patterns().removable, (found) => {
      if (found === '\r\n') return '\n'
      this.#count++
      return found === '\r' ? '\n' : ''
    })
  }
}
