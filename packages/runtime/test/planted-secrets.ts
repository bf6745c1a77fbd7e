import { createRedactor } from '@sshmcp/redact'
import { vendorSpecimens } from '@sshmcp/redact/testing'

/** A text with a secret in it, and the secret alone. */
export interface Planted {
  readonly text: string
  readonly secret: string
}

/** Stands between the two texts that a masked one has in common with the original. */
function secretOf(text: string, masked: string): string {
  const from = masked.indexOf('[REDACTED:')
  const after = masked.length - masked.indexOf(']', from) - 1
  return text.slice(from, text.length - after)
}

/** How the public beginning of a token is at most long, such as `ghp_`. */
const prefixLength = 8
/** Runs of this many characters belong to one secret alone. */
const runLength = 12

/** Two hundred secrets, each found by `redact()` alone, wherever it stands, and in no other way known to the server. */
export function plantedSecrets(): readonly Planted[] {
  const redactor = createRedactor()
  const isFoundAlone = (secret: string): boolean =>
    [`"${secret}"`, `/tmp/${secret}`].every((text) =>
      /^\W(?:tmp\/)?\[REDACTED:[\w-]+\]"?$/.test(redactor.redact(text).text),
    )
  return vendorSpecimens()
    .map((text) => ({ text, masked: redactor.redact(text).text }))
    .filter(({ masked }) => masked.split('[REDACTED:').length === 2)
    .map(({ text, masked }) => ({ text, secret: secretOf(text, masked) }))
    .filter(({ secret }) => secret.length >= prefixLength + runLength && secret.length <= 200)
    .filter(({ secret }) => !/[\s/]/.test(secret) && isFoundAlone(secret))
    .slice(0, 200)
}

const runsOf = (secret: string): readonly string[] =>
  Array.from({ length: secret.length - runLength - prefixLength + 1 }, (_, at) =>
    secret.slice(prefixLength + at, prefixLength + at + runLength),
  )

/** Pieces of the planted secrets that stand in a text, with what stands around them. */
export function leaked(planted: readonly Planted[], text: string): readonly string[] {
  return planted.flatMap(({ secret }) => {
    const run = runsOf(secret).find((piece) => text.includes(piece))
    if (run === undefined) return []
    const at = text.indexOf(run)
    return [text.slice(Math.max(0, at - 60), at + 60)]
  })
}
