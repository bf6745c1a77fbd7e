import { isSshMcpError, Secret } from '@sshmcp/kernel'
import { ManualClock } from '@sshmcp/kernel/testing'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { sampleKey } from '../test/support/sample-keys.ts'
import {
  type CaSigner,
  certificateExtensions,
  createMint,
  emptyKrl,
  formatCertificateLine,
  generateCaKey,
  keyTypes,
  type MintRequest,
  memorySigner,
  parseCertificate,
  parseCertificateLine,
  publicKeyOf,
  timeOfSerial,
  type VerifyContext,
  verifyCertificate,
} from './index.ts'
import { signBlob } from './signature.ts'

const never = new AbortController().signal
const clock = new ManualClock()
const ca = generateCaKey()
const mint = createMint({ signer: memorySigner(ca), clock })
const subject = sampleKey('ssh-ed25519').publicKey
const request: MintRequest = { subject, keyId: 'k', principals: ['deploy'], ttlSeconds: 300 }

async function codeOf(run: Promise<unknown>): Promise<string> {
  return run.then(
    () => 'accepted',
    (error) => (isSshMcpError(error) ? error.code : `not coded: ${error}`),
  )
}

describe('a certificate', () => {
  test.each(keyTypes)('for a %s key says what was asked, in bytes and as a line', async (type) => {
    const key = sampleKey(type).publicKey
    const critical = { forceCommand: 'tail -n 5 "x y"', sourceAddresses: ['::1', '10.0.0.0/8'], verifyRequired: true }
    const made = await mint.issue(
      { ...request, subject: key, principals: ['b', 'a'], critical, extensions: [...certificateExtensions].reverse() },
      never,
    )
    const read = parseCertificateLine(`${made.line}\n`)
    expect(read.subject).toEqual({ type, blob: key.blob, fingerprint: key.fingerprint })
    expect(read).toMatchObject({ kind: 'user', keyId: 'k', principals: ['b', 'a'], critical, serial: made.serial })
    expect(read.extensions).toEqual(certificateExtensions)
    expect([Number(read.validAfter), Number(read.validBefore)]).toEqual([
      clock.now() / 1000 - 60,
      clock.now() / 1000 + 300,
    ])
    expect(read.ca.fingerprint).toBe(ca.publicKey.fingerprint)
    expect(formatCertificateLine(read, 'k')).toBe(made.line)
    expect(parseCertificate(read.blob)).toEqual(read)
  })

  test('with nothing asked for allows nothing but commands', async () => {
    const { certificate } = await mint.issue(request, never)
    expect(certificate).toMatchObject({ critical: {}, extensions: [] })
  })

  test('differs each time', async () => {
    const lines = await Promise.all(Array.from({ length: 50 }, () => mint.issue(request, never)))
    expect(new Set(lines.map(({ line }) => line)).size).toBe(50)
    expect(new Set(lines.map(({ serial }) => serial)).size).toBe(50)
  })

  test.each<[string, Partial<MintRequest>, string]>([
    ['a line break in the key id', { keyId: 'a\nb' }, 'CERT_KEY_ID_REFUSED'],
    ['an endless key id', { keyId: 'a'.repeat(201) }, 'CERT_KEY_ID_REFUSED'],
    ['an empty key id', { keyId: '' }, 'CERT_KEY_ID_REFUSED'],
    ['nobody', { principals: [] }, 'CERT_PRINCIPAL_REFUSED'],
    ['a pattern', { principals: ['*'] }, 'CERT_PRINCIPAL_REFUSED'],
    ['257 principals', { principals: Array.from({ length: 257 }, (_, at) => `u${at}`) }, 'CERT_PRINCIPAL_REFUSED'],
    ['no time', { ttlSeconds: 0 }, 'CERT_TTL_REFUSED'],
    ['half a second', { ttlSeconds: 0.5 }, 'CERT_TTL_REFUSED'],
    ['an empty command', { critical: { forceCommand: ' ' } }, 'CERT_OPTION_REFUSED'],
    ['a NUL in the command', { critical: { forceCommand: 'a\0b' } }, 'CERT_OPTION_REFUSED'],
    ['half a character in the command', { critical: { forceCommand: 'a\ud800' } }, 'CERT_OPTION_REFUSED'],
    ['host bits under a mask', { critical: { sourceAddresses: ['10.0.0.1/8'] } }, 'CERT_OPTION_REFUSED'],
    ['a name as source', { critical: { sourceAddresses: ['example.org'] } }, 'CERT_OPTION_REFUSED'],
    ['two sources in one', { critical: { sourceAddresses: ['1.2.3.4,5.6.7.8'] } }, 'CERT_OPTION_REFUSED'],
    ['no source at all', { critical: { sourceAddresses: [] } }, 'CERT_OPTION_REFUSED'],
  ])('is not made with %s', async (_name, change, code) => {
    expect(await codeOf(mint.issue({ ...request, ...change }, never))).toBe(code)
  })

  test('is thrown away when the signer signed with another key, signed something else, or answered nonsense', async () => {
    const other = generateCaKey()
    const signers: CaSigner[] = [
      { publicKey: ca.publicKey, sign: (bytes, signal) => memorySigner(other).sign(bytes, signal) },
      { publicKey: ca.publicKey, sign: (bytes, signal) => memorySigner(ca).sign(bytes.subarray(1), signal) },
      { publicKey: ca.publicKey, sign: async () => new Uint8Array() },
      { publicKey: ca.publicKey, sign: async () => Buffer.from('00000007'.repeat(4), 'hex') },
    ]
    for (const signer of signers) {
      expect(await codeOf(createMint({ signer, clock }).issue(request, never))).toBe('CA_SELF_CHECK_FAILED')
    }
  })

  test('is not made after an abort', async () => {
    await expect(mint.issue(request, AbortSignal.abort(new Error('enough')))).rejects.toThrow('enough')
  })

  test.each(['ssh-rsa', 'ecdsa-sha2-nistp256', 'ecdsa-sha2-nistp384', 'ecdsa-sha2-nistp521'] as const)(
    'can be signed by a %s key',
    async (type) => {
      const { publicKey, privateKey } = sampleKey(type)
      if (privateKey === undefined) throw new Error('no private key')
      const signer = memorySigner({ publicKey, privateKey: new Secret(privateKey) })
      const made = await createMint({ signer, clock }).issue(request, never)
      const context = { authorities: [publicKey], now: clock.now() }
      expect(verifyCertificate(made.certificate, context)).toEqual({ valid: true })
    },
  )
})

describe('verifyCertificate', () => {
  const issue = (change: Partial<MintRequest> = {}) => mint.issue({ ...request, ...change }, never)
  const context: VerifyContext = { authorities: [ca.publicKey], now: clock.now(), principal: 'deploy' }

  test.each<[string, Partial<MintRequest>, Partial<VerifyContext>, string]>([
    ['nothing wrong', {}, {}, 'valid'],
    ['its last millisecond', {}, { now: clock.now() + 299_999 }, 'valid'],
    ['its end', {}, { now: clock.now() + 300_000 }, 'expired'],
    ['its first second', {}, { now: clock.now() - 60_000 }, 'valid'],
    ['the moment before', {}, { now: clock.now() - 60_001 }, 'not_yet_valid'],
    ['another account', {}, { principal: 'root' }, 'wrong_principal'],
    ['an untrusted CA', {}, { authorities: [generateCaKey().publicKey] }, 'wrong_ca'],
    ['no CA', {}, { authorities: [] }, 'wrong_ca'],
    ['the right source', { critical: { sourceAddresses: ['10.0.0.0/8'] } }, { address: '10.9.9.9' }, 'valid'],
    ['a wrong source', { critical: { sourceAddresses: ['10.0.0.0/8'] } }, { address: '192.0.2.1' }, 'wrong_source'],
    ['its key revoked', {}, { krl: { ...emptyKrl(1n, 0n), keys: [subject.blob] } }, 'revoked'],
    ['its CA revoked', {}, { krl: { ...emptyKrl(1n, 0n), keys: [ca.publicKey.blob] } }, 'revoked'],
  ])('%s: %4$s', async (_name, change, against, expected) => {
    const verdict = verifyCertificate((await issue(change)).certificate, { ...context, ...against })
    expect(verdict.valid ? 'valid' : verdict.reason).toBe(expected)
  })

  test('a changed byte anywhere spoils it', async () => {
    const { certificate } = await issue({ critical: { forceCommand: 'uptime' }, extensions: ['permit-pty'] })
    fc.assert(
      fc.property(fc.nat(certificate.blob.length - 1), fc.integer({ min: 1, max: 255 }), (at, flip) => {
        const bytes = Buffer.from(certificate.blob)
        bytes[at] = (bytes[at] ?? 0) ^ flip
        try {
          expect(verifyCertificate(parseCertificate(bytes), context).valid).toBe(false)
        } catch (error) {
          expect(isSshMcpError(error) && error.code).toBe('CERT_MALFORMED')
        }
      }),
      { numRuns: 1000 },
    )
  })

  test('a signature by the CA key over something else does not count', async () => {
    const { certificate } = await issue()
    const signature = signBlob(ca.publicKey, ca.privateKey.reveal(), Buffer.from('hello'))
    expect(verifyCertificate({ ...certificate, signature }, context)).toMatchObject({ reason: 'bad_signature' })
  })

  test('a subject that signs for itself is no CA', async () => {
    const self = sampleKey('ssh-ed25519')
    if (self.privateKey === undefined) throw new Error('no private key')
    const signer = memorySigner({ publicKey: publicKeyOf(self.privateKey), privateKey: new Secret(self.privateKey) })
    const made = await createMint({ signer, clock }).issue(request, never)
    expect(verifyCertificate(made.certificate, context)).toMatchObject({ reason: 'wrong_ca' })
  })
})

test('the moment of a certificate is the one in its serial, whenever the clock ticks', async () => {
  let ticks = clock.now()
  const ticking = { now: () => ticks++, monotonic: () => 0 }
  const { serial, issuedAt } = await createMint({ signer: memorySigner(ca), clock: ticking }).issue(request, never)
  expect(timeOfSerial(serial)).toBe(issuedAt)
})
