import { readFileSync } from 'node:fs'
import { formatPublicKeyLine, parseCertificateLine, parseKrl, revocationOf } from '@sshmcp/ca'
import { expect, test } from 'vitest'
import { example } from './readme-example.ts'
import { sampleKey } from './support/sample-keys.ts'

const read = (name: string) => readFileSync(new URL(name, import.meta.url), 'utf8')

test('the example of the README is the one that is compiled here', () => {
  expect(read('../README.md')).toContain(`\`\`\`ts\n${read('./readme-example.ts')}\`\`\``)
})

test('and it does what it says', async () => {
  const { line, krl, verdict } = await example(formatPublicKeyLine(sampleKey('ssh-ed25519').publicKey))
  const certificate = parseCertificateLine(line)
  expect(certificate).toMatchObject({ principals: ['deploy'], keyId: 'ticket/42' })
  expect(verdict).toEqual({ valid: true })
  expect(revocationOf(parseKrl(krl), certificate)).toBe('serial')
})
