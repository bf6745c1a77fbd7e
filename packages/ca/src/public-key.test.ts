import { createHash, generateKeyPairSync } from 'node:crypto'
import { isSshMcpError } from '@sshmcp/kernel'
import { describe, expect, test } from 'vitest'
import { lineOf, sampleKey, sshString } from '../test/support/sample-keys.ts'
import { formatPublicKeyLine, isSameKey, keyTypes, parsePublicKeyBlob, parsePublicKeyLine } from './index.ts'

function codeOf(run: () => unknown): string {
  try {
    run()
    return 'accepted'
  } catch (error) {
    return isSshMcpError(error) ? error.code : `not coded: ${error}`
  }
}

const good = formatPublicKeyLine(sampleKey('ssh-ed25519').publicKey)
const goodBase64 = good.split(' ')[1] ?? ''
const point = Buffer.from(goodBase64, 'base64').subarray(-32)
const ec = Buffer.from(sampleKey('ecdsa-sha2-nistp256').publicKey.blob).subarray(-65)
const rsa = (bits: number) => {
  const { n = '' } = generateKeyPairSync('rsa', { modulusLength: bits }).publicKey.export({ format: 'jwk' })
  return Buffer.concat([Buffer.from([0]), Buffer.from(n, 'base64url')])
}
const modulus = rsa(2048)
const e65537 = Buffer.from([1, 0, 1])
const offCurve = Buffer.from(ec)
offCurve[64] = (offCurve[64] ?? 0) ^ 1

describe('parsePublicKeyLine', () => {
  test.each(keyTypes)('reads a %s key, with and without comment, and writes it back', (type) => {
    const { publicKey } = sampleKey(type)
    const line = formatPublicKeyLine({ ...publicKey, comment: 'Zoë at home' })
    const read = parsePublicKeyLine(`${line}\n`)
    expect(read.type).toBe(type)
    expect(read.comment).toBe('Zoë at home')
    expect(formatPublicKeyLine(read)).toBe(line)
    expect(isSameKey(parsePublicKeyLine(formatPublicKeyLine(publicKey)), read)).toBe(true)
    expect(read.fingerprint).toBe(`SHA256:${createHash('sha256').update(read.blob).digest('base64').slice(0, 43)}`)
  })

  test.each([
    ['nothing', '', 'KEY_MALFORMED'],
    ['prose', 'please add my key', 'KEY_TYPE_REFUSED'],
    [
      'trailing bytes',
      `ssh-ed25519 ${Buffer.concat([Buffer.from(goodBase64, 'base64'), Buffer.from([0])]).toString('base64')}`,
      'KEY_MALFORMED',
    ],
    ['31 bytes of Ed25519', lineOf('ssh-ed25519', point.subarray(1)), 'KEY_MALFORMED'],
    [
      'a cut key',
      `ssh-ed25519 ${Buffer.from(goodBase64, 'base64').subarray(0, -1).toString('base64')}`,
      'KEY_MALFORMED',
    ],
    [
      'base64 that is not canonical',
      good.replace(goodBase64, `${goodBase64.slice(0, -1)}${goodBase64.endsWith('A') ? 'B' : goodBase64.at(-1)}=`),
      'KEY_MALFORMED',
    ],
    ['another type in front', good.replace('ssh-ed25519', 'ssh-rsa'), 'KEY_MALFORMED'],
    ['options in front', `command="sh" ${good}`, 'KEY_MALFORMED'],
    ['two lines', `${good}\n${good}`, 'KEY_SEVERAL_LINES'],
    ['a second line after a return', `${good}\rcommand="sh" ${good}`, 'KEY_SEVERAL_LINES'],
    ['a NUL in the comment', `${good} a\0b`, 'KEY_MALFORMED'],
    ['a terminal sequence in the comment', `${good} \u001b[2J`, 'KEY_MALFORMED'],
    [
      'a private key',
      generateKeyPairSync('ed25519').privateKey.export({ format: 'pem', type: 'pkcs8' }).toString(),
      'KEY_IS_PRIVATE',
    ],
    [
      'an OpenSSH private key',
      '-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n-----END OPENSSH PRIVATE KEY-----',
      'KEY_IS_PRIVATE',
    ],
    ['a PuTTY private key', 'PuTTY-User-Key-File-3: ssh-ed25519', 'KEY_IS_PRIVATE'],
    ['a certificate', lineOf('ssh-ed25519-cert-v01@openssh.com', point), 'KEY_IS_CERTIFICATE'],
    ['an old certificate', lineOf('ssh-rsa-cert-v00@openssh.com', point), 'KEY_IS_CERTIFICATE'],
    ['DSA', lineOf('ssh-dss', modulus, modulus, modulus, modulus), 'KEY_TYPE_REFUSED'],
    ['Ed448', lineOf('ssh-ed448', point), 'KEY_TYPE_REFUSED'],
    ['RSA 1024', lineOf('ssh-rsa', e65537, rsa(1024)), 'KEY_TOO_WEAK'],
    ['RSA with e = 1', lineOf('ssh-rsa', Buffer.from([1]), modulus), 'KEY_TOO_WEAK'],
    ['RSA with an even e', lineOf('ssh-rsa', Buffer.from([4]), modulus), 'KEY_TOO_WEAK'],
    ['RSA with a giant e', lineOf('ssh-rsa', modulus, modulus), 'KEY_TOO_WEAK'],
    [
      'RSA with an even modulus',
      lineOf('ssh-rsa', e65537, Buffer.concat([modulus.subarray(0, -1), Buffer.from([4])])),
      'KEY_TOO_WEAK',
    ],
    ['RSA of 32,768 bits', lineOf('ssh-rsa', e65537, Buffer.alloc(4096, 0x7f)), 'KEY_TOO_WEAK'],
    ['a negative RSA modulus', lineOf('ssh-rsa', e65537, modulus.subarray(1)), 'KEY_MALFORMED'],
    [
      'an RSA modulus with leading zeros',
      lineOf('ssh-rsa', e65537, Buffer.concat([Buffer.from([0]), modulus])),
      'KEY_MALFORMED',
    ],
    ['an exponent of zero bytes', lineOf('ssh-rsa', '', modulus), 'KEY_MALFORMED'],
    ['a point off its curve', lineOf('ecdsa-sha2-nistp256', 'nistp256', offCurve), 'KEY_TOO_WEAK'],
    ['the point at infinity', lineOf('ecdsa-sha2-nistp256', 'nistp256', Buffer.from([0])), 'KEY_MALFORMED'],
    [
      'a compressed point',
      lineOf('ecdsa-sha2-nistp256', 'nistp256', Buffer.concat([Buffer.from([2]), ec.subarray(1, 33)])),
      'KEY_MALFORMED',
    ],
    ['another curve inside', lineOf('ecdsa-sha2-nistp256', 'nistp384', ec), 'KEY_MALFORMED'],
    ['a security key without application', lineOf('sk-ssh-ed25519@openssh.com', point, ''), 'KEY_MALFORMED'],
    [
      'a security key with a strange application',
      lineOf('sk-ssh-ed25519@openssh.com', point, 'ssh: \n'),
      'KEY_MALFORMED',
    ],
    ['a line without end', `${good} ${'x'.repeat(20_000)}`, 'KEY_MALFORMED'],
  ])('refuses %s', (_name, line, code) => {
    expect(codeOf(() => parsePublicKeyLine(line))).toBe(code)
  })

  test('holds to the policy, which can only ask for more', () => {
    const line = formatPublicKeyLine(sampleKey('ssh-rsa').publicKey)
    expect(codeOf(() => parsePublicKeyLine(line, { minRsaBits: 3072 }))).toBe('KEY_TOO_WEAK')
    expect(codeOf(() => parsePublicKeyLine(line, { types: ['ssh-ed25519'] }))).toBe('KEY_TYPE_REFUSED')
    const weak = lineOf('ssh-rsa', e65537, rsa(1024))
    expect(codeOf(() => parsePublicKeyLine(weak, { minRsaBits: 512 }))).toBe('KEY_TOO_WEAK')
  })

  // The points of small order, as listed in RFC 7748 §6.1's discussion and the "Taming the many EdDSAs" paper, table 1.
  test.each([
    ['the neutral element', `01${'00'.repeat(31)}`],
    ['order 2', `ec${'ff'.repeat(30)}7f`],
    ['order 4', '00'.repeat(32)],
    ['order 4, negative', `${'00'.repeat(31)}80`],
    ['order 8', '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05'],
    ['order 8, mirrored', 'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a'],
    ['the neutral element, not canonical', `ee${'ff'.repeat(30)}7f`],
    ['zero, not canonical', `ed${'ff'.repeat(30)}7f`],
    ['a number that is no point', `02${'00'.repeat(31)}`],
  ])('refuses an Ed25519 key that anybody could sign for: %s', (_name, hex) => {
    expect(codeOf(() => parsePublicKeyLine(lineOf('ssh-ed25519', Buffer.from(hex, 'hex'))))).toBe('KEY_TOO_WEAK')
  })

  test('copies the bytes it was given', () => {
    const blob = Buffer.from(goodBase64, 'base64')
    const key = parsePublicKeyBlob(blob)
    blob.fill(0)
    expect(formatPublicKeyLine(key)).toBe(good)
  })

  test('refuses an impossible length field without taking the memory for it', () => {
    const blob = Buffer.concat([sshString('ssh-ed25519'), Buffer.from('ffffffff', 'hex')])
    expect(codeOf(() => parsePublicKeyBlob(blob))).toBe('KEY_MALFORMED')
  })
})
