import {
  appendFileSync,
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { generateCaKey, openCaKey, parsePublicKeyLine, sealCaKey } from '@sshmcp/ca'
import {
  aKeyRecord,
  anIssuedRecord,
  aRevocationRecord,
  certStoreContract,
  keyLedgerContract,
  keyVaultContract,
} from '@sshmcp/ca/testing'
import { isSshMcpError, Secret, systemClock } from '@sshmcp/kernel'
import { afterAll, describe, expect, test } from 'vitest'
import { openFileCertStore } from './file-cert-store.ts'

const root = mkdtempSync(join(tmpdir(), 'sshmcp-certs-'))
let count = 0
const freshFolder = () => join(root, `cert_data_${++count}`)
const open = (folder = freshFolder()) => openFileCertStore({ folder, clock: systemClock })
afterAll(() => rmSync(root, { recursive: true, force: true }))

async function codeOf(run: () => Promise<unknown> | unknown): Promise<string> {
  try {
    await run()
    return 'accepted'
  } catch (error) {
    return isSshMcpError(error) ? error.code : `not coded: ${error}`
  }
}

describe.each(certStoreContract)('as CertStore: $name', ({ run }) => {
  test('holds', () => run(() => open()))
})
describe.each(keyVaultContract)('as KeyVault: $name', ({ run }) => {
  test('holds', () => run(() => open()))
})
describe.each(keyLedgerContract)('as KeyLedger: $name', ({ run }) => {
  test('holds', () => run(() => open()))
})

describe('the files', () => {
  test('are for nobody else, and another process reads what one wrote', async () => {
    const folder = freshFolder()
    const store = open(folder)
    const key = generateCaKey()
    await store.createCaKey(await sealCaKey(key, new Secret('correct horse'), { scryptN: 2 ** 14 }))
    await store.addIssued(anIssuedRecord())
    await store.addRevoked(aRevocationRecord())
    await store.addKey(aKeyRecord())
    await store.publishKrl(Buffer.from('x'))
    expect(statSync(folder).mode & 0o777).toBe(0o700)
    for (const name of ['ca.key', 'ca.pub', 'issued.jsonl', 'revoked.jsonl', 'keys.jsonl', 'krl']) {
      expect(statSync(join(folder, name)).mode & 0o777, name).toBe(0o600)
    }
    const other = open(folder)
    expect(await other.listIssued()).toEqual([anIssuedRecord()])
    expect(parsePublicKeyLine(readFileSync(other.publicKeyPath, 'utf8')).fingerprint).toBe(key.publicKey.fingerprint)
    const sealed = await other.readCaKey()
    expect((await openCaKey(sealed ?? new Uint8Array(), new Secret('correct horse'))).publicKey.fingerprint).toBe(
      key.publicKey.fingerprint,
    )
    expect(readdirSync(folder).filter((name) => name.endsWith('.new'))).toEqual([])
  })

  test('hold nothing of the private key in the clear', async () => {
    const folder = freshFolder()
    const key = generateCaKey()
    await open(folder).createCaKey(await sealCaKey(key, new Secret('correct horse'), { scryptN: 2 ** 14 }))
    const { d = '' } = key.privateKey.reveal().export({ format: 'jwk' })
    const seed = Buffer.from(d, 'base64url')
    for (const name of readdirSync(folder).filter((each) => statSync(join(folder, each)).isFile())) {
      const bytes = readFileSync(join(folder, name))
      const shapes = [
        seed,
        ...(['hex', 'base64', 'base64url'] as const).map((as) => Buffer.from(seed.toString(as).slice(0, 40))),
      ]
      expect(shapes.some((shape) => bytes.includes(shape))).toBe(false)
    }
  })

  test('a line torn by a crash is no record, and goes with the next one', async () => {
    const folder = freshFolder()
    const store = open(folder)
    await store.addIssued(anIssuedRecord({ certId: 'one' }))
    appendFileSync(join(folder, 'issued.jsonl'), '{"certId":"to')
    expect((await store.listIssued()).map(({ certId }) => certId)).toEqual(['one'])
    await store.addIssued(anIssuedRecord({ certId: 'three' }))
    expect((await store.listIssued()).map(({ certId }) => certId)).toEqual(['one', 'three'])
  })

  test.each([
    ['no JSON', 'x'],
    ['a missing field', JSON.stringify({ ...anIssuedRecord(), keyId: undefined })],
    ['a number for a text', JSON.stringify({ ...anIssuedRecord(), userId: 1 })],
    ['principals that are no list', JSON.stringify({ ...anIssuedRecord(), principals: 'root' })],
    ['a serial that is no number', JSON.stringify({ ...anIssuedRecord(), serial: '1n' })],
    ['null', 'null'],
  ])('%s in the middle is damage, with the line named', async (_name, line) => {
    const folder = freshFolder()
    const store = open(folder)
    await store.addIssued(anIssuedRecord())
    appendFileSync(join(folder, 'issued.jsonl'), `${line}\n`)
    await expect(store.listIssued()).rejects.toMatchObject({ code: 'CA_STORE_DAMAGED', message: /line 2/ })
  })

  test.each([
    ['an unknown kind', { kind: 'everything' }],
    ['a serial that is no number', { kind: 'serials', ca: 'A', first: 'x', last: '2' }],
    ['no target', undefined],
  ])('a revocation with %s is damage, never skipped', async (_name, target) => {
    const folder = freshFolder()
    const store = open(folder)
    writeFileSync(join(folder, 'revoked.jsonl'), `${JSON.stringify({ ...aRevocationRecord(), target })}\n`, {
      mode: 0o600,
    })
    expect(await codeOf(() => store.listRevoked())).toBe('CA_STORE_DAMAGED')
  })

  test('a link in the place of a file, or a file that others can write, is refused', async () => {
    const folder = freshFolder()
    const store = open(folder)
    symlinkSync('/dev/null', join(folder, 'issued.jsonl'))
    expect(await codeOf(() => store.addIssued(anIssuedRecord()))).toBe('STORE_PATH_UNSAFE')
    writeFileSync(join(folder, 'krl'), '')
    chmodSync(join(folder, 'krl'), 0o666)
    expect(await codeOf(() => store.readKrl())).toBe('STORE_PATH_UNSAFE')
  })

  test('of several that make the CA key at once one wins', async () => {
    const folder = freshFolder()
    const sealed = await sealCaKey(generateCaKey(), new Secret('correct horse'), { scryptN: 2 ** 14 })
    const codes = await Promise.all(Array.from({ length: 5 }, () => codeOf(() => open(folder).createCaKey(sealed))))
    expect(codes.sort()).toEqual(['CA_KEY_EXISTS', 'CA_KEY_EXISTS', 'CA_KEY_EXISTS', 'CA_KEY_EXISTS', 'accepted'])
  })

  test('a store in another object of this folder waits for exclusive work', async () => {
    const folder = freshFolder()
    const [one, two] = [open(folder), open(folder)]
    const seen: string[] = []
    const work = (store: typeof one, name: string) =>
      store.exclusively(async () => {
        seen.push(`${name} begins`)
        await store.addRevoked(aRevocationRecord({ reason: name }))
        seen.push(`${name} ends`)
      })
    await Promise.all([work(one, 'a'), work(two, 'b'), work(one, 'c'), work(two, 'd')])
    for (let at = 0; at < seen.length; at += 2) expect(seen[at + 1]).toBe(seen[at]?.replace('begins', 'ends'))
    expect(await one.listRevoked()).toHaveLength(4)
  })

  test('a public line that a crash kept from being written is written at the next start', async () => {
    const folder = freshFolder()
    const store = open(folder)
    await store.createCaKey(await sealCaKey(generateCaKey(), new Secret('correct horse'), { scryptN: 2 ** 14 }))
    const line = readFileSync(store.publicKeyPath, 'utf8')
    rmSync(store.publicKeyPath)
    expect(readFileSync(open(folder).publicKeyPath, 'utf8')).toBe(line)
  })

  test('a disk that takes nothing is CA_STORE_FAILED', async () => {
    const folder = freshFolder()
    const store = open(folder)
    rmSync(folder, { recursive: true })
    expect(await codeOf(() => store.publishKrl(Buffer.from('x')))).toBe('CA_STORE_FAILED')
  })
})
