const alphabets: Readonly<Record<string, string>> = {
  w: 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789',
  l: 'abcdefghijklmnopqrstuvwxyz0123456789',
  u: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789',
  x: '0123456789abcdef',
  X: '0123456789ABCDEF',
  d: '0123456789',
  a: 'abcdefghijklmnopqrstuvwxyz',
  A: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ',
  L: 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz',
  b: 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_',
  B: 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/',
  s: '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz',
  T: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567',
}

/**
 * Writes out a specimen: `<w36>` becomes 36 letters and digits, `<x8>` hexadecimal, `{uuid}` a UUID. The same text
 * always gives the same specimen, and no source file has to hold anything that looks like a live token.
 */
export function expandSpecimen(template: string): string {
  let state = 2_166_136_261
  for (const character of template) state = Math.imul(state ^ character.charCodeAt(0), 16_777_619)
  const pick = (alphabet: string): string => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0
    return alphabet[(state >>> 8) % alphabet.length] ?? ''
  }
  const run = (alphabet: string, count: number): string => Array.from({ length: count }, () => pick(alphabet)).join('')
  const hex = (count: number): string => run(alphabets.x ?? '', count)
  return template.replace(
    /<(?:(uuid)|([A-Za-z])(\d+))>/g,
    (_, uuid: string | undefined, kind: string, count: string) =>
      uuid === undefined ? run(alphabets[kind] ?? '', Number(count)) : [8, 4, 4, 4, 12].map(hex).join('-'),
  )
}
