import type { Rule } from '../rule.ts'

type Options = Pick<Rule, 'entropy' | 'stopWords' | 'anyCase' | 'mixed' | 'inWord' | 'lead'>

function optionsOf(text: string): Options {
  if (text === '') return {}
  const entropy = /\bentropy=([\d.]+)/.exec(text)?.[1]
  const stop = /\bstop=(\S+)/.exec(text)?.[1]
  const lead = /\blead=(\S+)/.exec(text)?.[1]
  return {
    ...(lead === undefined ? {} : { lead }),
    ...(entropy === undefined ? {} : { entropy: Number(entropy) }),
    ...(stop === undefined ? {} : { stopWords: stop.split(',') }),
    ...(/\banycase\b/.test(text) ? { anyCase: true } : {}),
    ...(/\bmixed\b/.test(text) ? { mixed: true } : {}),
    ...(/\binword\b/.test(text) ? { inWord: true } : {}),
  }
}

/** `SK[0-9a-f]` stands for sixteen prefixes. */
function expandPrefix(prefix: string): readonly string[] {
  if (!prefix.includes('[')) return [prefix]
  const found = /^(.*?)\[((?:[A-Za-z0-9](?:-[A-Za-z0-9])?)+)\](.*)$/.exec(prefix)
  if (found === null) return [prefix]
  const [, before = '', members = '', after = ''] = found
  const letters = [...members.matchAll(/(.)(?:-(.))?/g)].flatMap(([, from = '', to = from]) =>
    Array.from({ length: to.charCodeAt(0) - from.charCodeAt(0) + 1 }, (_, index) =>
      String.fromCharCode(from.charCodeAt(0) + index),
    ),
  )
  return letters.flatMap((letter) => expandPrefix(before + letter + after))
}

/**
 * Reads a table of rules, one a line, columns apart by two blanks or more: id, prefixes (by comma), pattern, two
 * specimens that must be found, two that must be left alone, options. `#` begins a comment.
 */
export function readTable(table: string): readonly Rule[] {
  return table
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const [id = '', prefixes = '', pattern = '', a = '', b = '', c = '', d = '', options = ''] = line.split(/ {2,}/)
      return {
        id,
        prefixes: prefixes.split(',').flatMap(expandPrefix),
        pattern,
        examples: [a, b],
        counterExamples: [c, d],
        ...optionsOf(options),
      }
    })
}
