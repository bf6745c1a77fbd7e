import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { kernelErrors, type Secret } from '@sshmcp/kernel'
import { type Canonical, canonicalJson } from './canonical-json.ts'

/**
 * Writes and checks what lies in the store: one line of RFC 8785 JSON, one line with its HMAC-SHA256 in hex. The MAC
 * covers the names of record and part too, so that nothing can be moved from one place to another.
 */
export interface Seal {
  seal(record: string, part: string, body: Canonical): string
  /** The body of a text that this key sealed for this place; undefined for any other text. */
  open(record: string, part: string, text: string): { readonly body: unknown } | undefined
  /** A MAC for something that is itself not stored, such as a code. */
  mac(purpose: string, record: string, text: string): string
}

/** @throws CONFIG_INVALID for a key under 32 bytes */
export function createSeal(key: Secret<Uint8Array>): Seal {
  if (key.reveal().length < 32)
    throw kernelErrors.error('CONFIG_INVALID', { message: 'The key of the approvals has less than 32 bytes.' })
  // None of purpose, record and part can hold a newline, so no two places share an input.
  const mac = (purpose: string, record: string, text: string) =>
    createHmac('sha256', key.reveal()).update(`sshmcp-approval-v1\n${purpose}\n${record}\n${text}`).digest('hex')
  return {
    mac,
    seal(record, part, body) {
      const json = canonicalJson(body)
      return `${json}\n${mac(`part ${part}`, record, json)}\n`
    },
    open(record, part, text) {
      const [json, shown, rest, ...more] = text.split('\n')
      if (json === undefined || shown === undefined || rest !== '' || more.length > 0) return undefined
      return sameText(shown, mac(`part ${part}`, record, json)) ? { body: JSON.parse(json) } : undefined
    },
  }
}

/** Compares in a time that tells nothing of where two texts differ. */
export function sameText(a: string, b: string): boolean {
  return timingSafeEqual(fingerprint(a), fingerprint(b))
}

function fingerprint(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}

/** SHA-256 of a stored text in hex: how a decision names the one request that it is for. */
export function textSha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
