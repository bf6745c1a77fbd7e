import { isSshMcpError, rfc3339 } from '@sshmcp/kernel'
import { ManualClock, sequentialIds } from '@sshmcp/kernel/testing'
import { describe, expect, test } from 'vitest'
import { sampleKey } from '../test/support/sample-keys.ts'
import {
  type CertificateAuthority,
  createAuthority,
  generateCaKey,
  installedKeys,
  lockedSigner,
  memorySigner,
  parseKrl,
  revocationOf,
} from './index.ts'
import { aKeyRecord, certStoreContract, keyLedgerContract, keyVaultContract } from './testing/index.ts'
import { MemoryCertStore, MemoryKeyLedger, MemoryKeyVault } from './testing/memory-cert-store.ts'

const never = new AbortController().signal
const day = 86_400_000
const limits = { defaultTtlSeconds: 86_400, maxTtlSeconds: 604_800 }
const why = { by: 'bob', reason: 'lost' }

function setUp(store = new MemoryCertStore()) {
  const clock = new ManualClock()
  const key = generateCaKey()
  const deps = { signer: memorySigner(key), store, clock, ids: sequentialIds(), limits }
  return { authority: createAuthority(deps), store, clock, deps, key }
}

const issue = (authority: CertificateAuthority, userId = 'alice') =>
  authority.issue(
    { userId, subject: sampleKey('ssh-ed25519').publicKey, principals: [userId], ttlSeconds: 0, keyId: `k/${userId}` },
    never,
  )

async function codeOf(run: Promise<unknown>): Promise<string> {
  return run.then(
    () => 'accepted',
    (error) => (isSshMcpError(error) ? error.code : String(error)),
  )
}

describe.each(certStoreContract)('MemoryCertStore $name', ({ run }) => {
  test('holds', () => run(() => new MemoryCertStore()))
})
describe.each(keyVaultContract)('MemoryKeyVault $name', ({ run }) => {
  test('holds', () => run(() => new MemoryKeyVault()))
})
describe.each(keyLedgerContract)('MemoryKeyLedger $name', ({ run }) => {
  test('holds', () => run(() => new MemoryKeyLedger()))
})

describe('issuing', () => {
  test('records what it returns', async () => {
    const { authority, store, clock } = setUp()
    const issued = await issue(authority)
    expect(await store.listIssued()).toEqual([issued.record])
    expect(issued.record).toMatchObject({
      certId: issued.certId,
      serial: issued.serial.toString(),
      userId: 'alice',
      issuedAt: rfc3339(clock.now()),
      validFrom: rfc3339(clock.now() - 60_000),
      expiresAt: rfc3339(clock.now() + day),
    })
    expect(issued.certificate.extensions).toEqual(['permit-pty'])
    expect(await authority.find(issued.certId)).toEqual(issued.record)
  })

  test('returns nothing that it could not record', async () => {
    const store = new MemoryCertStore()
    store.addIssued = async () => {
      throw new Error('disk full')
    }
    expect(await codeOf(issue(setUp(store).authority))).toBe('Error: disk full')
  })

  test('holds to the limits', async () => {
    const { authority, store } = setUp()
    const request = { userId: 'a', subject: sampleKey('ssh-ed25519').publicKey, principals: ['a'], keyId: 'k' }
    expect(await codeOf(authority.issue({ ...request, ttlSeconds: 604_801 }, never))).toBe('CERT_TTL_REFUSED')
    expect(await codeOf(authority.issue({ ...request, ttlSeconds: 59 }, never))).toBe('CERT_TTL_REFUSED')
    expect(await store.listIssued()).toEqual([])
  })

  test('a locked CA says so, and still revokes', async () => {
    const { authority, deps } = setUp()
    const issued = await issue(authority)
    const locked = createAuthority({ ...deps, signer: lockedSigner(deps.signer.publicKey) })
    expect(await codeOf(issue(locked))).toBe('CA_LOCKED')
    const revoked = await locked.revoke({ kind: 'certificate', certId: issued.certId }, why)
    expect(revocationOf(parseKrl(revoked.krl.bytes), issued.certificate)).toBe('serial')
  })
})

describe('revoking', () => {
  test('a certificate hits it and no other, and is published', async () => {
    const { authority, store } = setUp()
    const [one, two] = [await issue(authority), await issue(authority)]
    const revoked = await authority.revoke({ kind: 'certificate', certId: one.certId }, why)
    expect(await store.readKrl()).toEqual(Uint8Array.from(revoked.krl.bytes))
    const krl = parseKrl(revoked.krl.bytes)
    expect(revocationOf(krl, one.certificate)).toBe('serial')
    expect(revocationOf(krl, two.certificate)).toBeUndefined()
  })

  test('by serial, key id, key and window', async () => {
    const { authority, clock } = setUp()
    const subject = sampleKey('ssh-ed25519').publicKey
    const certificates = []
    for (const userId of ['a', 'b', 'c', 'd', 'e']) {
      certificates.push(
        await authority.issue(
          {
            userId,
            subject: userId === 'c' ? subject : sampleKey('ssh-ed25519').publicKey,
            principals: [userId],
            ttlSeconds: 0,
            keyId: `k/${userId}`,
          },
          never,
        ),
      )
      clock.advance(1000)
    }
    const [a, b, c, d, e] = certificates
    if (!a || !b || !c || !d || !e) throw new Error('five were issued')
    await authority.revoke({ kind: 'serial', serial: a.serial }, why)
    await authority.revoke({ kind: 'key_id', keyId: 'k/b' }, why)
    await authority.revoke({ kind: 'key', publicKey: subject }, why)
    const { krl } = await authority.revoke({ kind: 'issued_between', fromMs: d.issuedAt, toMs: d.issuedAt + 999 }, why)
    const kinds = certificates.map(({ certificate }) => revocationOf(parseKrl(krl.bytes), certificate))
    expect(kinds).toEqual(['serial', 'key_id', 'key', 'serial', undefined])
    expect(krl.version).toBe(4n)
  })

  test('again says so, and publishes again: the way to repeat a call whose publishing failed', async () => {
    const { authority, store } = setUp()
    const { certId, certificate } = await issue(authority)
    const publish = store.publishKrl.bind(store)
    store.publishKrl = async () => {
      throw new Error('disk full')
    }
    expect(await codeOf(authority.revoke({ kind: 'certificate', certId }, why))).toBe('Error: disk full')
    expect(await store.readKrl()).toBeUndefined()
    store.publishKrl = publish
    const again = await authority.revoke({ kind: 'certificate', certId }, { by: 'eve', reason: 'again' })
    expect(again.status).toBe('already_revoked')
    expect(revocationOf(parseKrl(again.krl.bytes), certificate)).toBe('serial')
    expect(await store.listRevoked()).toMatchObject([why])
  })

  test('an unknown certificate is an error, and serial 0 never reaches a list', async () => {
    const { authority, store } = setUp()
    expect(await codeOf(authority.revoke({ kind: 'certificate', certId: 'cert_x' }, why))).toBe('CERT_UNKNOWN')
    expect(await codeOf(authority.revoke({ kind: 'serial', serial: 0n }, why))).toBe('CERT_SERIAL_REFUSED')
    expect(await store.readKrl()).toBeUndefined()
    expect((await authority.publishKrl()).version).toBe(1n)
  })

  test('a record that somebody spoilt publishes nothing: the list that is there stays', async () => {
    const { authority, store } = setUp()
    const { certId, certificate } = await issue(authority)
    const { krl } = await authority.revoke({ kind: 'certificate', certId }, why)
    const ca = Buffer.from(certificate.ca.blob).toString('base64')
    const target = { kind: 'serials', ca, first: '0', last: '0' } as const
    await store.addRevoked({ revokedAt: rfc3339(0), ...why, target, certId: '', expiresAt: '' })
    expect(await codeOf(authority.publishKrl())).toBe('KRL_MALFORMED')
    expect(await store.readKrl()).toEqual(Uint8Array.from(krl.bytes))
  })

  test('many at once all end up in the list', async () => {
    const { authority, store } = setUp()
    const issued = await Promise.all(Array.from({ length: 10 }, () => issue(authority)))
    await Promise.all(issued.map(({ certId }) => authority.revoke({ kind: 'certificate', certId }, why)))
    const krl = parseKrl((await store.readKrl()) ?? new Uint8Array())
    expect(issued.map(({ certificate }) => revocationOf(krl, certificate))).toEqual(issued.map(() => 'serial'))
    expect(krl.version).toBe(10n)
  })

  test('leaves the list a day after the certificate has expired, and not before', async () => {
    const { authority, clock } = setUp()
    const { certId, certificate } = await issue(authority)
    await authority.revoke({ kind: 'certificate', certId }, why)
    clock.advance(2 * day - 1)
    expect(revocationOf(parseKrl((await authority.publishKrl()).bytes), certificate)).toBe('serial')
    clock.advance(1)
    expect(revocationOf(parseKrl((await authority.publishKrl()).bytes), certificate)).toBeUndefined()
  })

  test('a damaged list is replaced by a whole one with a greater version', async () => {
    const { authority, store, clock } = setUp()
    await store.publishKrl(Buffer.from('damaged'))
    expect((await authority.publishKrl()).version).toBe(BigInt(clock.now()))
    expect((await authority.publishKrl()).version).toBe(BigInt(clock.now()) + 1n)
  })

  test('goes on naming the CA that signed after another took its place', async () => {
    const { authority, deps } = setUp()
    const old = await issue(authority)
    const next = createAuthority({ ...deps, signer: memorySigner(generateCaKey()) })
    const { krl } = await next.revoke({ kind: 'certificate', certId: old.certId }, why)
    expect(revocationOf(parseKrl(krl.bytes), old.certificate)).toBe('serial')
  })
})

test('installedKeys folds a ledger to what still lies on hosts', () => {
  const records = [
    aKeyRecord({ keyId: 'a' }),
    aKeyRecord({ keyId: 'a', hostId: 'db-1' }),
    aKeyRecord({ keyId: 'b' }),
    aKeyRecord({ keyId: 'a', event: 'removed' }),
  ]
  expect(installedKeys(records).map(({ keyId, hostId }) => `${keyId}@${hostId}`)).toEqual(['a@db-1', 'b@web-1'])
})
