import { inspect } from 'node:util'
import { isSshMcpError } from '@sshmcp/kernel'
import { ManualClock } from '@sshmcp/kernel/testing'
import { describe, expect, test } from 'vitest'
import {
  bootstrapScript,
  createEphemeralIdentity,
  createMint,
  type EphemeralRequest,
  generateCaKey,
  memorySigner,
  parseCertificate,
  parseKeyId,
  verifyCertificate,
} from './index.ts'
import { signatureCheck } from './signature.ts'

const never = new AbortController().signal
const clock = new ManualClock()
const ca = generateCaKey()
const mint = createMint({ signer: memorySigner(ca), clock })
const reason = { userId: 'local:alice', requestId: 'op_1', approvalId: 'apr_1', tool: 'run_ssh_command' }
const request: EphemeralRequest = { reason, principal: 'deploy', sourceAddresses: ['::ffff:192.0.2.7'] }
const record = async () => {}

async function codeOf(run: Promise<unknown>): Promise<string> {
  return run.then(
    () => 'accepted',
    (error) => (isSshMcpError(error) ? error.code : String(error)),
  )
}

describe('an identity for one connection', () => {
  test('is good for two minutes, for one account, from our address, for commands only', async () => {
    const identity = await createEphemeralIdentity(mint, request, record, never)
    const read = parseCertificate(identity.certificateBlob)
    expect(read).toMatchObject({
      principals: ['deploy'],
      extensions: [],
      critical: { sourceAddresses: ['192.0.2.7'] },
      keyId: 'sshmcp/1/local:alice/op_1/apr_1/run_ssh_command',
    })
    expect(parseKeyId(identity.keyId)).toEqual(reason)
    expect(identity.expiresAt).toBe(clock.now() + 120_000)
    const context = { authorities: [ca.publicKey], now: clock.now(), principal: 'deploy', address: '192.0.2.7' }
    expect(verifyCertificate(read, context)).toEqual({ valid: true })
  })

  test('proves possession of a key of its own', async () => {
    const [one, two] = [
      await createEphemeralIdentity(mint, request, record, never),
      await createEphemeralIdentity(mint, request, record, never),
    ]
    expect(one.subject.fingerprint).not.toBe(two.subject.fingerprint)
    const data = Buffer.from('session')
    expect(signatureCheck(one.subject)?.(data, one.sign(data))).toBe(true)
    expect(signatureCheck(one.subject)?.(data, two.sign(data))).toBe(false)
  })

  test('can be bound to one exact command', async () => {
    const identity = await createEphemeralIdentity(mint, { ...request, forceCommand: "df -h '/a b'" }, record, never)
    expect(parseCertificate(identity.certificateBlob).critical.forceCommand).toBe("df -h '/a b'")
  })

  test('is not handed out when it could not be recorded, and what is recorded is what is handed out', async () => {
    const full = async () => {
      throw new Error('disk full')
    }
    expect(await codeOf(createEphemeralIdentity(mint, request, full, never))).toBe('Error: disk full')
    const recorded: unknown[] = []
    const identity = await createEphemeralIdentity(mint, request, async (made) => void recorded.push(made), never)
    expect(recorded).toEqual([identity.certificate])
  })

  test.each<[string, Partial<EphemeralRequest>, string]>([
    ['no source', { sourceAddresses: [] }, 'CERT_OPTION_REFUSED'],
    ['a zone in the source', { sourceAddresses: ['fe80::1%eth0'] }, 'CERT_OPTION_REFUSED'],
    ['a forged log line as identity', { reason: { ...reason, userId: 'a\nb' } }, 'CERT_KEY_ID_REFUSED'],
    ['everybody', { principal: '*' }, 'CERT_PRINCIPAL_REFUSED'],
  ])('is not made with %s', async (_name, change, code) => {
    expect(await codeOf(createEphemeralIdentity(mint, { ...request, ...change }, record, never))).toBe(code)
  })

  test('shows nothing of its private key when it is printed', async () => {
    const identity = await createEphemeralIdentity(mint, request, record, never)
    expect(inspect(identity, { depth: 9, showHidden: true })).not.toMatch(/PrivateKeyObject|PRIVATE/)
  })
})

describe('the bootstrap script', () => {
  const base = { login: 'deploy', userId: 'alice' }

  test('carries a login that can run `true` and nothing else, for 15 minutes, and not the key of the CA', async () => {
    const script = await bootstrapScript(mint, base, never)
    const line = /^test_certificate='(.*)'$/m.exec(script)?.[1] ?? ''
    const read = parseCertificate(Buffer.from(line.split(' ')[1] ?? '', 'base64'))
    expect(read).toMatchObject({ principals: ['deploy'], critical: { forceCommand: 'true' }, extensions: [] })
    expect(Number(read.validBefore)).toBe(clock.now() / 1000 + 900)
    const { d = '' } = ca.privateKey.reveal().export({ format: 'jwk' })
    const seed = Buffer.from(d, 'base64url')
    expect(Buffer.from(script.replace(/[\s']/g, ''), 'base64').includes(seed)).toBe(false)
    expect(script).not.toContain(seed.toString('base64').slice(0, 40))
  })

  test.each([
    ['a login that is a command', { login: 'a;reboot' }],
    ['a login that is an option', { login: '-oProxyCommand=x' }],
    ['a path with a quote', { paths: { caFile: "/etc/a'b" } }],
    ['a path with a blank', { paths: { krlFile: '/etc/a b' } }],
    ['a relative path', { paths: { sshdConfig: 'sshd_config' } }],
    ['a reload command of two lines', { paths: { reload: 'a\nb' } }],
  ])('is not written with %s', async (_name, change) => {
    expect(await codeOf(bootstrapScript(mint, { ...base, ...change }, never))).toBe('CA_BOOTSTRAP_REFUSED')
  })
})
