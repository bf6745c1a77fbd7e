import { isSshMcpError, Secret } from '@sshmcp/kernel'
import { describe, expect, test } from 'vitest'
import { generateCaKey, isSameKey, memorySigner, openCaKey, sealCaKey, sealedPublicKey } from './index.ts'

const passphrase = new Secret('correct horse battery')
const cheap = { scryptN: 2 ** 14 }
const key = generateCaKey()
const sealed = await sealCaKey(key, passphrase, cheap)
const file: Record<string, unknown> = JSON.parse(Buffer.from(sealed).toString())

async function codeOf(run: Promise<unknown>): Promise<string> {
  return run.then(
    () => 'accepted',
    (error) => (isSshMcpError(error) ? error.code : `not coded: ${error}`),
  )
}

const changed = (fields: Record<string, unknown>) => Buffer.from(JSON.stringify({ ...file, ...fields }))

describe('a sealed CA key', () => {
  test('opens with its passphrase, and only then signs', async () => {
    const opened = await openCaKey(sealed, passphrase)
    expect(isSameKey(opened.publicKey, key.publicKey)).toBe(true)
    expect(isSameKey(sealedPublicKey(sealed), key.publicKey)).toBe(true)
    const never = new AbortController().signal
    const sign = (of: typeof key) => memorySigner(of).sign(Buffer.from('x'), never)
    expect(await sign(opened)).toEqual(await sign(key))
  })

  test('holds nothing of the private key in the clear, nor does printing the key', () => {
    const { d = '' } = key.privateKey.reveal().export({ format: 'jwk' })
    const seed = Buffer.from(d, 'base64url')
    const text = Buffer.from(sealed).toString()
    for (const shown of [text, JSON.stringify(key), `${key.privateKey}`]) {
      for (const encoding of ['hex', 'base64', 'base64url'] as const) {
        expect(shown).not.toContain(seed.toString(encoding).slice(0, 40))
      }
    }
    expect(Buffer.from(String(file.sealed), 'base64').includes(seed)).toBe(false)
  })

  test('differs each time', async () => {
    const again = JSON.parse(Buffer.from(await sealCaKey(key, passphrase, cheap)).toString())
    for (const field of ['salt', 'nonce', 'sealed']) expect(again[field]).not.toBe(file[field])
  })

  test('has 2^17 as its cost by default', async () => {
    expect(JSON.parse(Buffer.from(await sealCaKey(key, passphrase)).toString())).toMatchObject({
      n: 131_072,
      version: 1,
    })
  })

  test('is not made with a short passphrase', async () => {
    expect(await codeOf(sealCaKey(key, new Secret('1234567'), cheap))).toBe('CA_PASSPHRASE_WEAK')
  })

  test('takes the same characters however a keyboard composes them', async () => {
    const composed = await sealCaKey(key, new Secret('caf\u00e9 caf\u00e9'), cheap)
    expect(await codeOf(openCaKey(composed, new Secret('cafe\u0301 cafe\u0301')))).toBe('accepted')
  })

  test.each([
    ['another passphrase', sealed, new Secret('correct horse batterz')],
    ['another salt', changed({ salt: Buffer.alloc(16).toString('base64') }), passphrase],
    ['another nonce', changed({ nonce: Buffer.alloc(12).toString('base64') }), passphrase],
    ['another cost', changed({ n: 2 ** 15 }), passphrase],
    ['a planted public key', changed({ public_key: sealedPublicKeyLine() }), passphrase],
    [
      'a changed ciphertext',
      changed({
        sealed:
          `A${String(file.sealed).slice(1)}` === file.sealed
            ? `B${String(file.sealed).slice(1)}`
            : `A${String(file.sealed).slice(1)}`,
      }),
      passphrase,
    ],
  ])('does not open with %s', async (_name, bytes, secret) => {
    expect(await codeOf(openCaKey(bytes, secret))).toBe('CA_PASSPHRASE_WRONG')
  })

  test.each([
    ['no JSON', Buffer.from('-----BEGIN')],
    ['null', Buffer.from('null')],
    ['another format', changed({ format: 'x' })],
    ['a later version', changed({ version: 2 })],
    ['another derivation', changed({ kdf: 'pbkdf2' })],
    ['a cost that is too low', changed({ n: 1024 })],
    ['a cost that would eat the memory', changed({ n: 2 ** 30 })],
    ['a cost that is no power of two', changed({ n: 20_000 })],
    ['a short salt', changed({ salt: 'AAAA' })],
    ['no ciphertext', changed({ sealed: '' })],
    ['no public key', changed({ public_key: 'x' })],
  ])('is not read as one: %s', async (_name, bytes) => {
    expect(await codeOf(openCaKey(bytes, passphrase))).toBe('CA_KEY_FILE_INVALID')
  })
})

function sealedPublicKeyLine(): string {
  const other = generateCaKey().publicKey
  return `${other.type} ${Buffer.from(other.blob).toString('base64')}`
}
