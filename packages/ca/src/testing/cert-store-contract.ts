import assert from 'node:assert/strict'
import { isSshMcpError, Secret } from '@sshmcp/kernel'
import type { ContractCase } from '@sshmcp/kernel/testing'
import { generateCaKey } from '../ca-signer.ts'
import type { CertStore, IssuedRecord, KeyLedger, KeyRecord, KeyVault, RevocationRecord } from '../cert-store.ts'
import { emptyKrl, encodeKrl } from '../krl.ts'
import { sealCaKey } from '../sealed-key.ts'

/** An issued certificate as a store keeps it. */
export function anIssuedRecord(overrides: Partial<IssuedRecord> = {}): IssuedRecord {
  return {
    certId: 'cert_000001',
    serial: '1855000000000000001',
    keyId: 'sshmcp/1/alice/op_1/apr_1/issue_cert',
    userId: 'alice',
    principals: ['deploy'],
    publicKey: 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIA==',
    fingerprint: 'SHA256:subject',
    ca: 'AAAA',
    caFingerprint: 'SHA256:ca',
    issuedAt: '2026-01-01T00:00:00.000Z',
    validFrom: '2025-12-31T23:59:00.000Z',
    expiresAt: '2026-01-02T00:00:00.000Z',
    approvalRequestId: 'apr_1',
    ...overrides,
  }
}

/** A revocation as a store keeps it. */
export function aRevocationRecord(overrides: Partial<RevocationRecord> = {}): RevocationRecord {
  return {
    revokedAt: '2026-01-01T00:00:00.000Z',
    by: 'alice',
    reason: 'laptop "lost"\nin a train',
    target: { kind: 'serials', ca: 'AAAA', first: '1', last: '2' },
    certId: '',
    expiresAt: '',
    ...overrides,
  }
}

/** A step in the life of an installed key, as a ledger keeps it. */
export function aKeyRecord(overrides: Partial<KeyRecord> = {}): KeyRecord {
  return {
    event: 'installed',
    at: '2026-01-01T00:00:00.000Z',
    keyId: 'key_1',
    hostId: 'web-1',
    userName: 'deploy',
    publicKey: 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIA==',
    fingerprint: 'SHA256:subject',
    expiresAt: '2026-01-02T00:00:00.000Z',
    by: 'alice',
    reason: '',
    ...overrides,
  }
}

/** What every {@link CertStore} promises. */
export const certStoreContract: readonly ContractCase<CertStore>[] = [
  {
    name: 'is empty at first',
    run: async (make) => {
      const store = await make()
      assert.deepEqual(await store.listIssued(), [])
      assert.deepEqual(await store.listRevoked(), [])
      assert.equal(await store.readKrl(), undefined)
    },
  },
  {
    name: 'gives back what was added, oldest first, every field',
    run: async (make) => {
      const store = await make()
      const issued = [anIssuedRecord(), anIssuedRecord({ certId: 'cert_000002', principals: ['a', 'b'] })]
      const revoked = [
        aRevocationRecord(),
        aRevocationRecord({ target: { kind: 'key_id', ca: 'AAAA', keyId: 'k' }, certId: 'cert_000001' }),
        aRevocationRecord({ target: { kind: 'key', publicKey: 'ssh-ed25519 AAAA' } }),
      ]
      for (const record of issued) await store.addIssued(record)
      for (const record of revoked) await store.addRevoked(record)
      assert.deepEqual(await store.listIssued(), issued)
      assert.deepEqual(await store.listRevoked(), revoked)
    },
  },
  {
    name: 'loses nothing when many add at once',
    run: async (make) => {
      const store = await make()
      const ids = Array.from({ length: 20 }, (_, at) => `cert_${at}`)
      await Promise.all(ids.map((certId) => store.addIssued(anIssuedRecord({ certId }))))
      const kept = (await store.listIssued()).map(({ certId }) => certId)
      assert.deepEqual([...kept].sort(), [...ids].sort())
    },
  },
  {
    name: 'replaces the published list, byte for byte',
    run: async (make) => {
      const store = await make()
      for (const version of [1n, 2n]) {
        const bytes = encodeKrl(emptyKrl(version, 0n))
        await store.publishKrl(bytes)
        assert.deepEqual(Buffer.from((await store.readKrl()) ?? []), Buffer.from(bytes))
      }
    },
  },
  {
    name: 'runs exclusive work one at a time, and goes on after a failure',
    run: async (make) => {
      const store = await make()
      const seen: string[] = []
      const work = (name: string) =>
        store.exclusively(async () => {
          seen.push(`${name} begins`)
          await new Promise((resolve) => setImmediate(resolve))
          seen.push(`${name} ends`)
          if (name === 'a') throw new Error('a failed')
        })
      const results = await Promise.allSettled([work('a'), work('b'), work('c')])
      assert.deepEqual(results.map(({ status }) => status).sort(), ['fulfilled', 'fulfilled', 'rejected'])
      for (let at = 0; at < seen.length; at += 2) {
        assert.equal(seen[at]?.replace('begins', 'ends'), seen[at + 1], `overlap: ${seen.join(', ')}`)
      }
    },
  },
]

/** What every {@link KeyVault} promises. */
export const keyVaultContract: readonly ContractCase<KeyVault>[] = [
  {
    name: 'is empty at first, keeps one key, and never overwrites it',
    run: async (make) => {
      const vault = await make()
      assert.equal(await vault.readCaKey(), undefined)
      const seal = () => sealCaKey(generateCaKey(), new Secret('correct horse'), { scryptN: 2 ** 14 })
      const sealed = await seal()
      await vault.createCaKey(sealed)
      await assert.rejects(vault.createCaKey(await seal()), (error) => {
        return isSshMcpError(error) && error.code === 'CA_KEY_EXISTS'
      })
      assert.deepEqual(Buffer.from((await vault.readCaKey()) ?? []), Buffer.from(sealed))
    },
  },
]

/** What every {@link KeyLedger} promises. */
export const keyLedgerContract: readonly ContractCase<KeyLedger>[] = [
  {
    name: 'gives back what was added, oldest first, every field',
    run: async (make) => {
      const ledger = await make()
      assert.deepEqual(await ledger.listKeys(), [])
      const records = [aKeyRecord(), aKeyRecord({ event: 'removed', reason: 'left\nthe team' })]
      for (const record of records) await ledger.addKey(record)
      assert.deepEqual(await ledger.listKeys(), records)
    },
  },
]
