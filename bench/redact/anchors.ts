import { createRequire } from 'node:module'
import { lintSource } from '@secretlint/core'
import { creator } from '@secretlint/secretlint-rule-preset-recommend'

// The programs that the bench stands beside. Development only; nothing of this is published.

/** The five patterns the first version of this product had. */
const firstPatterns = [
  /\b(?:password|secret|token|api_key)\s*[=:]\s*\S+/gi,
  /Bearer\s+[A-Za-z0-9._-]+/g,
  /AKIA[0-9A-Z]{16}/g,
  /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?-----END [A-Z ]*PRIVATE KEY-----/g,
  /\b[0-9a-f]{40}\b/g,
]

export const firstVersion = (text: string): string =>
  firstPatterns.reduce((masked, pattern) => masked.replace(pattern, '[REDACTED]'), text)

// It ships no types.
const npm: { redact(text: string): string } = createRequire(import.meta.url)('@npmcli/redact')

export const npmRedact = (text: string): string => npm.redact(text)

/** Finds only; how many messages. */
export async function secretlint(text: string): Promise<number> {
  const result = await lintSource({
    source: { content: text, filePath: 'output.txt', ext: '.txt', contentType: 'text' },
    options: { config: { rules: [{ id: '@secretlint/secretlint-rule-preset-recommend', rule: creator }] } },
  })
  return result.messages.length
}
