import { type Seal, sameText } from './seal.ts'

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const codeLength = 8

/** Bytes nobody can foresee. */
export type RandomBytes = (count: number) => Uint8Array

/** A one-time code: 8 characters of Crockford base32, 40 random bits. */
export function makeCode(randomBytes: RandomBytes): string {
  // 256 is a multiple of 32, so every character is equally likely.
  return Array.from(randomBytes(codeLength), (byte) => alphabet[byte % alphabet.length]).join('')
}

/** A code as a person may have typed it, in the one spelling that is compared: case, spaces, dashes, o, i and l. */
export function normaliseCode(typed: string): string {
  return typed.replace(/[\s-]/g, '').toUpperCase().replaceAll('O', '0').replace(/[IL]/g, '1')
}

/** The only trace of a code that is kept. Bound to its request: the same code is worth nothing elsewhere. */
export function codeMac(seal: Seal, requestId: string, code: string): string {
  return seal.mac('code', requestId, code)
}

/** Is this the code of which only the MAC was kept? Takes the same time for every wrong one. */
export function isCode(seal: Seal, requestId: string, typed: string, keptMac: string): boolean {
  return sameText(codeMac(seal, requestId, normaliseCode(typed)), keptMac)
}
