import { type CharSet, charSet, complement } from './char-set.ts'

const digit = charSet([48, 57])
const word = charSet([48, 57], [65, 90], [95, 95], [97, 122])
const space = charSet([9, 10], [12, 13], [32, 32])
export const anything = charSet([0, 0x10ffff])
export const notNewline = complement(charSet([10, 10]))
/** Letters of other scripts are not told apart here: good enough to see what overlaps. */
export const unicodeLetters = charSet([65, 90], [97, 122], [0xaa, 0x10ffff])

export const classEscapes: Readonly<Record<string, CharSet>> = {
  d: digit,
  w: word,
  s: space,
  D: complement(digit),
  W: complement(word),
  S: complement(space),
}
export const controlEscapes: Readonly<Record<string, number>> = { a: 7, f: 12, n: 10, r: 13, t: 9, v: 11 }
export const posixClasses: Readonly<Record<string, CharSet>> = {
  alnum: charSet([48, 57], [65, 90], [97, 122]),
  alpha: charSet([65, 90], [97, 122]),
  ascii: charSet([0, 127]),
  blank: charSet([9, 9], [32, 32]),
  cntrl: charSet([0, 31], [127, 127]),
  digit,
  graph: charSet([33, 126]),
  lower: charSet([97, 122]),
  print: charSet([32, 126]),
  punct: charSet([33, 47], [58, 64], [91, 96], [123, 126]),
  space,
  upper: charSet([65, 90]),
  word,
  xdigit: charSet([48, 57], [65, 70], [97, 102]),
}
