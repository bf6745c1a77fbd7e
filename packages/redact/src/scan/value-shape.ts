import { placeholderStart } from '../spans.ts'
import type { Certainty } from './key-name.ts'
import { statusWords } from './words.ts'

/** Shape tests read no more than this of a value, so that they cost the same however long it is. */
const longestTested = 256

/** Bits per character. */
export function entropy(text: string): number {
  const counts = new Map<string, number>()
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1)
  let bits = 0
  for (const count of counts.values()) {
    const share = count / text.length
    bits -= share * Math.log2(share)
  }
  return bits
}

/** What programs print instead of a secret, and what people write where one belongs. */
export function isPlaceholder(whole: string): boolean {
  const value = whole.slice(0, longestTested)
  if (value === '' || value.startsWith(placeholderStart) || /(?:\.\.\.|…)$/.test(value)) return true
  if (statusWords.has(value.toLowerCase()) || /^(?:true|false|yes|no|none|null|nil|undefined)\W/i.test(value))
    return true
  if (/^[a-z][a-z0-9+.-]*:\/\/[^@\s]*$/i.test(value)) return true
  // Put together from others, or what a pattern looks for.
  if (/\$\{[\w!#]|\{(?:\d?|:[^{}]{1,9})\}/.test(value) || /^(?:\(\[|\(\?|\[\^|\\[dws][+*{])/.test(value)) return true
  if (
    /^(?:\$\{.*\}?|\$\(.*|\$[A-Za-z_]\w*(?:(?:[/.:*)\]]|->).*)?|\$\d|\{\{.*|%[A-Za-z_]\w*%|<[^<>]*>\W*|&(?:lt|#x3[cC]|#60);.*|\{(?:[A-Za-z_]*|\w+[.!:][\w.!:]*)\}?\W*|#[0-9a-fA-F]{3,8}|[@%]_?|#[a-z]+(?:-[a-z]+)+|\(.*\)|\[.*\]|@\w+@|#\{.*)$/.test(
      value,
    )
  )
    return true
  if (/^[^\p{L}\d]+$/u.test(value) || /^\w+\(\)$/.test(value)) return true
  if (/^(.)\1*$/.test(value) || /^[*x•.●#\-_=~]{3,}\S{0,4}$/i.test(value) || /\*{4,}|•{3,}|x{6,}/i.test(value))
    return true
  if (
    /^(?:your|my|the|some|insert|enter|replace|change|example|sample|dummy|test)[-_ ](?:[a-z]+[-_ ]){0,5}[a-z]+$/i.test(
      value,
    )
  )
    return true
  if (/^(?:%[-#\d.]{0,6}[sdvxfrqwu][^\w%]{0,3})+$/.test(value)) return true
  return (
    /^(?:<|\[)?(?:hidden|redacted|masked|sensitive|removed|filtered|protected)\b/i.test(value) ||
    value.startsWith('ENC[')
  )
}

/** Source text that computes a value: a call, a lookup, a type. */
export function isCode(value: string): boolean {
  return (
    /^[A-Za-z_$][\w$]*(?:(?:\.|->|::)[A-Za-z_$][\w$]*)*[([]/.test(value) ||
    /^(?:this|self|process|os|env|config|settings|req|request|ctx|params|data|var|local|module|each|args|options|props)(?:\.|->|::)[A-Za-z_]/.test(
      value,
    ) ||
    /^[A-Za-z_$][\w$]*(?:\.[\w$]+)*(?:\?\.|!\.|->)[\w$#(]|^this\./.test(value) ||
    /^\(\w+\)\w|^\(['"]|^:[a-z_]+(?:[:)]|$)|^\}['"[,]|^\d+<<\d|^[A-Za-z_]\w*(?:::\w+)+|^\/.*\/[dgimsuvy]{0,4}$|^\/(?:[\^'"([\\]|[^/\s]+\/[a-z]*\.(?:test|exec)\b)/.test(
      value,
    ) ||
    /^(?:=|!|&&|\|\||\?|>|<(?!\S*>))/.test(value) ||
    value === '{' ||
    value === '['
  )
}

const isPlace = (value: string): boolean =>
  value.length < longestTested &&
  /^(?:~|\.{0,2})\/[\w.@~-]+(?:\/[\w.@~-]*)*$/.test(value) &&
  !/[A-Z].*\d|\d.*[A-Z]/.test(value)
const isUuid = (value: string): boolean => /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value)
const isDigest = (value: string): boolean => /^(?:[0-9a-f]{40}|[0-9a-f]{64}|[0-9a-f]{96}|[0-9a-f]{128})$/i.test(value)

/** `TLS_PSK_WITH_AES_128_CCM`, `DHE-PSK-AES128-CBC-SHA`. */
const isCipherName = (value: string): boolean =>
  /^[A-Z0-9]+(?:[_-][A-Z0-9]+)+$/.test(value) && /(?:SHA|CBC|GCM|CCM|CHACHA20|CAMELLIA)/.test(value)

/** Values that are public whatever they are called: fingerprints, public keys, digests with their name in front. */
export function isPublic(value: string): boolean {
  if (isCipherName(value)) return true
  return /^(?:S-1-\d|hmac-(?:sha|md5)|AWS4-HMAC-|SHA(?:1|256|384|512)[:-]|sha(?:1|256|384|512)[:-]|MD5:|(?:ssh-(?:rsa|ed25519|dss)|ecdsa-sha2-\S+|sk-ssh-\S+) AAAA|AAAA[BCE][0-9A-Za-z]|age1[0-9a-z]|-----BEGIN (?:CERT|PUBLIC)|arn:aws|(?:sk-)?(?:ssh-(?:rsa|ed25519|dss)|ecdsa-sha2-nistp\d{3})(?:@openssh\.com|-cert-v01@openssh\.com)?$|MIIB?[0-9A-Za-z]{2}ANBgkqhkiG9w0BAQEFAAOC)/.test(
    value,
  )
}

/** The 48 digits of BitLocker. */
export const isRecoveryKey = (value: string): boolean => /^(?:\d{6}-){7}\d{6}$/.test(value)

/** Mixed enough that nobody would write it as a word. */
export function looksRandom(whole: string): boolean {
  const value = whole.slice(0, longestTested)
  if (value.length < 6) return false
  if (isRecoveryKey(value)) return true
  const digit = /\d/.test(value)
  const letter = /[A-Za-z]/.test(value)
  if (digit && letter) return true
  if (/[a-z][A-Z].*[A-Z]|[A-Z]{2}[a-z].*[a-z][A-Z]/.test(value) && value.length >= 10) return true
  return /[^\w\s.,:;/-]/.test(value) && letter && value.length >= 8
}

const plainWord = /^(?:[a-z]+|[A-Z]+|[A-Z][a-z]+)[.,:;!?]?$/
const wordLike =
  /^(?:v?\d+(?:[.:/-]\d+)+\S*|[a-z]+(?:[-_./:][a-z0-9]+)+|[a-z]+\d{1,2}|\S*[()]\S*|\S+@\S+\.\S+|[A-Z]+(?:[_-][A-Z]+)*|\S*\/\S*|\d+\w{0,2}|-\S*|\S+=\S*|U\+\w+)[.,:;]?$/

/** Words, versions, names, places, addresses and sizes, as sentences and listings have them. */
export const isWordLike = (value: string): boolean => plainWord.test(value) || wordLike.test(value)

/** Long and even enough that chance made it; digests and UUIDs are not. */
export function isLongRandom(whole: string): boolean {
  const value = whole.slice(0, longestTested)
  if (value.length < 16 || /\s|:\/\//.test(value) || isUuid(value) || isDigest(value)) return false
  if (!/\d/.test(value) || !/[A-Za-z]/.test(value)) return false
  if (
    /^\d{4}-\d\d-\d\d[T ]|^(?:\d+\.){2,}|^[\w.-]+\.(?:js|css|ts|py|go|rs|html?|json|ya?ml|png|svg|log|conf)$|^[a-z]+(?:[-_.:/][a-z]+)*[-_.:/]?\d*$/i.test(
      value,
    )
  )
    return false
  if (/[/\\].*[/\\]/.test(value) && !/[+=]/.test(value) && /^[\w./\\:-]+$/.test(value)) return false
  return entropy(value) >= 3
}

/** Whether a value under a name of this certainty is to be masked. */
export function isSecretValue(value: string, certainty: Certainty): boolean {
  if (certainty === 'none' || isPlaceholder(value) || isPublic(value)) return false
  if (certainty === 'maybe') return isLongRandom(value)
  if (isPlace(value) || /^[v^~]?\d{1,4}(?:\.\d{1,6}){1,3}(?:-[a-z]{2,5}[\d.]*)?$/.test(value)) return false
  return certainty === 'sure' ? true : value.length >= 6 && looksRandom(value)
}

const smallWords =
  /(?:^| )(?:is|are|was|were|be|been|the|a|an|to|of|in|on|at|for|not|no|must|should|can|cannot|could|will|would|has|have|had|with|without|your|you|please|enter|and|or|but|by|from|if|that|this|it|least|required|does|do|did|too|only|than|as|when|used?|via)(?:[ ,.!?]|$)/i

/** A sentence, not a secret: words, among them those that no passphrase needs. */
export function isProseValue(value: string): boolean {
  const text = value.slice(0, longestTested)
  return (
    /^["'(]?[A-Za-z][A-Za-z']*[,.:]?(?: (?:[-–—]|["'(]?[A-Za-z0-9%'"()/_.-]+[,.:;]?)){2,}[.!?]?$/.test(text) &&
    smallWords.test(text)
  )
}
