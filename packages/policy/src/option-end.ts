import type { Piece } from './placeholder.ts'
import type { Word } from './template.ts'

/**
 * Programs that take `--` as the end of their options wherever they come from (GNU, BusyBox, BSD), with the options of
 * each in getopt's notation: a colon means that a value follows, which is no free word.
 *
 * Programs with subcommands are left out: what `systemctl restart` may do is granted word for word in sudoers files.
 */
const programs: Readonly<Record<string, string>> = {
  cat: 'AbeEnstTuv',
  chgrp: 'cfvhRHLP',
  chmod: 'cfvR',
  chown: 'cfvhRHLP',
  cmp: 'bln:si:',
  cp: 'abdfiHlLnPpRrsuvxt:S:',
  cut: 'b:c:d:f:ns',
  df: 'aB:hHiklPTt:vx:',
  diff: 'abBcdeiNnpqrstTuU:wyC:',
  du: 'aB:bcd:DhHklLmPsSxX:t:',
  file: 'bhiLkNprsz',
  grep: 'A:B:C:EFGHILPRUVZabce:f:hilm:noqrsvwxy',
  head: 'c:n:qvz',
  ln: 'bfinrsTvS:t:',
  ls: 'ABCDFGHI:LNQRSUXZabcdfghiklmnopqrstuvw:x1',
  md5sum: 'bctwz',
  mkdir: 'm:pvZ',
  mv: 'bfinTuvS:t:',
  readlink: 'femnqsvz',
  realpath: 'emLPqsz',
  rm: 'dfiIRrv',
  rmdir: 'pv',
  sha1sum: 'bctwz',
  sha256sum: 'bctwz',
  sha512sum: 'bctwz',
  sort: 'bdfghik:MmnRrsS:t:T:uVzo:',
  stat: 'Lc:t',
  tail: 'c:fFn:qs:vz',
  touch: 'acd:fhmr:t:',
  uniq: 'cdDf:is:uw:z',
  wc: 'clmLw',
  zcat: 'fhklLnNqrtvV',
}

/**
 * Puts `--` before the first operand of a program that understands it, so that no value can be taken for an option.
 *
 * Leaves the words alone where it cannot be sure: an unknown program or option, options after the operands, or a `--`
 * that the author wrote.
 */
export function withOptionEnd(words: readonly Word[]): readonly Word[] {
  const options = optionsOf(words[0])
  if (options === undefined) return words
  const end = firstOperand(words, options)
  if (end === undefined) return words
  const operands = words.slice(end)
  if (!operands.some(isFree) || operands.some(isOption)) return words
  return [...words.slice(0, end), [{ text: '--' }], ...operands]
}

/** True for a word that a value begins. */
export function isFree(word: Word): boolean {
  const [first] = word
  return first !== undefined && 'param' in first
}

function optionsOf(program: Word | undefined): string | undefined {
  const name = program && literal(program)?.replace(/^.*\//, '')
  return name !== undefined && Object.hasOwn(programs, name) ? programs[name] : undefined
}

function firstOperand(words: readonly Word[], options: string): number | undefined {
  let at = 1
  for (let word = words[at]; word !== undefined && isOption(word); word = words[at]) {
    const takesNext = valueFollows(word, options)
    if (takesNext === undefined) return undefined
    at += takesNext ? 2 : 1
  }
  return at
}

/** Whether the next word is the value of this option; undefined when that is not known. */
function valueFollows(word: Word, options: string): boolean | undefined {
  const [first] = word
  const begin = startText(first)
  // `--lines={n}` brings its value along; a long option without "=" may or may not want one.
  if (begin.startsWith('--')) return begin.includes('=') ? false : undefined
  for (const [index, letter] of [...begin.slice(1)].entries()) {
    const known = options.indexOf(letter)
    if (known < 0) return undefined
    const isLast = word.length === 1 && index === begin.length - 2
    if (options[known + 1] === ':') return isLast
  }
  // `-{flags}`: what follows is up to the value.
  return word.length === 1 ? false : undefined
}

/** A literal dash begins it. A lone "-" is standard input, an operand. */
function isOption(word: Word): boolean {
  const begin = startText(word[0])
  return begin.startsWith('-') && (begin !== '-' || word.length > 1)
}

function startText(piece: Piece | undefined): string {
  return piece && 'text' in piece ? piece.text : ''
}

function literal(word: Word): string | undefined {
  const [first] = word
  return word.length === 1 && first && 'text' in first ? first.text : undefined
}
