import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import type { Redactor } from '@sshmcp/redact'
import type { HiddenNames } from '@sshmcp/tools'

const method = 'aes-256-gcm'
const nonceBytes = 12
const tagBytes = 16

/** Names sealed with a key that lives as long as the process: a cursor holds a file's name, and that may hold a secret. */
export function createHiddenNames(redactor: Pick<Redactor, 'redact'>): HiddenNames {
  const key = randomBytes(32)
  const holdsSecret = (text: string): boolean => redactor.redact(text).text !== text
  const seal = (bytes: Uint8Array): string => {
    const nonce = randomBytes(nonceBytes)
    const cipher = createCipheriv(method, key, nonce)
    const sealed = [nonce, cipher.update(bytes), cipher.final()]
    const text = Buffer.concat([...sealed, cipher.getAuthTag()]).toString('base64url')
    // One in thirty thousand happens to look like somebody's token, and would be redacted on its way out.
    return holdsSecret(text) ? seal(bytes) : text
  }
  return {
    holdsSecret,
    seal,
    open(sealed) {
      const bytes = Buffer.from(sealed, 'base64url')
      if (bytes.length <= nonceBytes + tagBytes) return undefined
      const decipher = createDecipheriv(method, key, bytes.subarray(0, nonceBytes), { authTagLength: tagBytes })
      decipher.setAuthTag(bytes.subarray(-tagBytes))
      try {
        return Buffer.concat([decipher.update(bytes.subarray(nonceBytes, -tagBytes)), decipher.final()])
      } catch {
        return undefined
      }
    },
  }
}
