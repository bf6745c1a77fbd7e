import { printable } from '@sshmcp/kernel'

/**
 * Text from elsewhere as a person can safely look at it: beyond what {@link printable} escapes, every space that is not
 * the plain one, all that Unicode calls ignorable, private or unassigned, and marks piled on marks.
 */
export function visible(text: string): string {
  const hidden =
    /[\u00a0\u1680\u2000-\u200a\u202f\u205f\u2800\u3000\u3164\uffa0\ufffc]|\p{Default_Ignorable_Code_Point}|\p{Cf}|\p{Co}|\p{Cn}|(?<=\p{M}{2})\p{M}/gu
  return printable(text).replace(hidden, escaped)
}

/** What a person should know of a text before trusting their eyes. Empty for plain ASCII without surprises. */
export function remarksOn(text: string): readonly string[] {
  return [...hiddenRemarks(text), ...spaceRemarks(text), ...scriptRemarks(text)]
}

function hiddenRemarks(text: string): readonly string[] {
  const count = Array.from(text).filter((character) => !isPlain(character) && visible(character) !== character).length
  return [
    ...(count > 0 ? [`holds ${count} control or invisible characters, shown as \\u{…}`] : []),
    ...(text.includes('\\u{') ? ['holds the text \\u{ itself: not every \\u{…} is an invisible character'] : []),
  ]
}

function spaceRemarks(text: string): readonly string[] {
  const longest = Math.max(0, ...(text.match(/ {3,}/g) ?? []).map((run) => run.length))
  return [
    ...(longest > 0 ? [`holds a run of ${longest} spaces`] : []),
    ...(text.startsWith(' ') ? ['begins with a space'] : []),
    ...(text.endsWith(' ') ? ['ends with a space'] : []),
  ]
}

function scriptRemarks(text: string): readonly string[] {
  const foreign = [...new Set(Array.from(text).filter((character) => !isAscii(character)))]
  if (foreign.length === 0) return []
  const scriptOf = scriptFinder()
  const named = foreign.slice(0, 8).map((character) => `${codePoint(character)} (${scriptOf(character)})`)
  const more = foreign.length > 8 ? ` and ${foreign.length - 8} more` : ''
  return [`is not plain ASCII: ${named.join(', ')}${more}`, ...mixedRemarks(text, scriptOf)]
}

/** A word that mixes alphabets most likely imitates another: UTS #39, section 5. */
function mixedRemarks(text: string, scriptOf: (character: string) => string): readonly string[] {
  const scriptsIn = (word: string): readonly string[] => {
    const letters = Array.from(new Set(word)).filter((character) => /\p{L}/u.test(character))
    return [...new Set(letters.map(scriptOf))].filter((script) => script !== 'Common')
  }
  const mixed = text
    .split(/\s+/)
    .map((word) => ({ word, scripts: scriptsIn(word) }))
    .filter(({ scripts }) => scripts.length > 1)
  return mixed
    .slice(0, 3)
    .map(({ word, scripts }) => `"${visible(word.slice(0, 60))}" mixes ${scripts.join(' and ')} letters`)
}

/** Scripts that are written together count as one. */
const scriptNames = {
  Latin: ['Latin'],
  Cyrillic: ['Cyrillic'],
  Greek: ['Greek'],
  Armenian: ['Armenian'],
  Hebrew: ['Hebrew'],
  Arabic: ['Arabic'],
  Cherokee: ['Cherokee'],
  Georgian: ['Georgian'],
  'East Asian': ['Han', 'Hiragana', 'Katakana', 'Hangul', 'Bopomofo'],
  Common: ['Common', 'Inherited'],
} as const

/** Names the script of a character; remembers, for a text of an attacker can be long. */
function scriptFinder(): (character: string) => string {
  const tests = Object.entries(scriptNames).map(([script, names]) => {
    const members = names.map((name) => `\\p{Script=${name}}`).join('')
    return { script, test: new RegExp(`[${members}]`, 'u') }
  })
  const known = new Map<string, string>()
  return (character) => {
    const script = known.get(character) ?? tests.find(({ test }) => test.test(character))?.script ?? 'another script'
    known.set(character, script)
    return script
  }
}

function isPlain(character: string): boolean {
  return character >= ' ' && character <= '~'
}

function isAscii(character: string): boolean {
  return character <= '\u007f'
}

function codePoint(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`
}

function escaped(character: string): string {
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`
}
