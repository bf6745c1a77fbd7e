import type { Scanner } from './scan.ts'
import { isProseValue } from './value-shape.ts'

const named = /(?:(?:pass|recovery )phrase|mnemonic|seed)[ \w]{0,30}["']?\s{0,4}[:=]\s{0,4}["']?/iy
const listed = /[a-z]{3,12}(?:[ -][a-z]{3,12}){3,23}(?=["',;]|\s*$)/y
/** BIP 39 has these lengths. */
const mnemonicLengths: ReadonlySet<number> = new Set([12, 15, 18, 21, 24])

export const isMnemonic = (text: string): boolean =>
  /^[a-z]{3,8}(?: [a-z]{3,8})+$/.test(text) && mnemonicLengths.has(text.split(' ').length)

/** `seed phrase: legal winner …`, `passphrase: correct horse battery staple`. */
export const scanWordList: Scanner = ({ line, spans }, position) => {
  named.lastIndex = position
  if (!named.test(line)) return
  const at = named.lastIndex
  listed.lastIndex = at
  if (!listed.test(line)) return
  const text = line.slice(at, listed.lastIndex)
  const passphrase = /^pass/i.test(line.slice(position, position + 4))
  if (isMnemonic(text) || (passphrase && !isProseValue(text))) spans.add(at, at + text.length, 'password')
}
