import { type CharSet, codeOf, type Pattern } from './pattern-parse.ts'

/** Can a match of the pattern begin with this text, or end within it? Where it cannot, looking for the text finds nothing. */
export function canBegin(pattern: Pattern, text: string, anyCase: boolean): boolean {
  return restsOf(pattern, new Set([text]), anyCase).size > 0
}

/** What may be left of the texts once the pattern took its part. A text that is used up lets anything follow. */
function restsOf(pattern: Pattern, texts: ReadonlySet<string>, anyCase: boolean): ReadonlySet<string> {
  switch (pattern.kind) {
    case 'set':
      return new Set([...texts].flatMap((text) => (text === '' ? [''] : takes(pattern.set, text, anyCase))))
    case 'edge':
      return texts
    case 'all':
      return pattern.parts.reduce((rests, part) => restsOf(part, rests, anyCase), texts)
    case 'any':
      return new Set(pattern.options.flatMap((option) => [...restsOf(option, texts, anyCase)]))
    case 'repeat':
      return repeated(pattern, texts, anyCase)
  }
}

function takes(set: CharSet, text: string, anyCase: boolean): readonly string[] {
  const first = text.slice(0, 1)
  const forms = anyCase ? [first.toLowerCase(), first.toUpperCase()] : [first]
  return forms.some((form) => set.has(codeOf(form))) ? [text.slice(1)] : []
}

function repeated(
  { part, min, max }: Extract<Pattern, { kind: 'repeat' }>,
  texts: ReadonlySet<string>,
  anyCase: boolean,
): ReadonlySet<string> {
  const enough = new Set(min === 0 ? texts : [])
  let rests = texts
  // A round that takes nothing of a text changes nothing any more; each other one makes it shorter.
  const longest = Math.max(0, ...[...texts].map(({ length }) => length))
  for (let round = 1; round <= Math.min(max, Math.max(min, longest + 1)) && rests.size > 0; round++) {
    rests = restsOf(part, rests, anyCase)
    if (round >= min) for (const rest of rests) enough.add(rest)
  }
  return enough
}
