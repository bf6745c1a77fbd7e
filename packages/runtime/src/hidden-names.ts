import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import type { Redactor } from '@sshmcp/redact'
import type { HiddenNames } from '@sshmcp/tools'

const method = 'aes-256-gcm'
const nonceBytes = 12
const tagBytes = 16

/** Names sealed with a key that lives as long as the process: a cursor holds a file's name, and that may hold a secret. */
export function createHiddenNames(redactor: Pick<Redactor, 'redact'>): HiddenNames {
  const key = randomBytes(32)
  return {
    holdsSecret: (text) => redactor.redact(text).text !== text,
    seal(bytes) {
      const nonce = randomBytes(nonceBytes)
      const cipher = createCipheriv(method, key, nonce)
      const sealed = [nonce, cipher.update(bytes), cipher.final()]
      return Buffer.concat([...sealed, cipher.getAuthTag()]).toString('base64url')
    },
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
