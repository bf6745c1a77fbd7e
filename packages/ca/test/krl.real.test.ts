import { execFileSync } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  type CaKey,
  createMint,
  emptyKrl,
  encodeKrl,
  formatPublicKeyLine,
  generateCaKey,
  type Krl,
  type KrlCertificates,
  type MintedCertificate,
  memorySigner,
  parseKrl,
  revocationHash,
  revocationOf,
  type SshPublicKey,
} from '@sshmcp/ca'
import { ManualClock } from '@sshmcp/kernel/testing'
import { afterAll, describe, expect, test } from 'vitest'
import { requireReal } from '../../../test/support/require-real.ts'
import { run } from './support/real-sshd.ts'
import { sampleKey } from './support/sample-keys.ts'

const never = new AbortController().signal

interface Subject {
  readonly path: string
  readonly key: SshPublicKey
  readonly certificate: MintedCertificate
  readonly ca: CaKey
}

describe.skipIf(!requireReal('ssh-keygen'))('revocation lists, beside ssh-keygen -Q', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sshmcp-krl-'))
  const cas = [generateCaKey(), generateCaKey()]
  const krlFile = join(folder, 'krl')
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  /** Certificates whose serials lie close together, so that ranges, lists and bitmaps begin and end among them. */
  async function subjects(count: number): Promise<readonly Subject[]> {
    const clock = new ManualClock(1)
    const made: Subject[] = []
    for (let at = 0; at < count; at++) {
      const ca = cas[at % 2] ?? generateCaKey()
      const entropy = (length: number) => Buffer.alloc(length)
      const key = sampleKey(at % 5 === 0 ? 'ecdsa-sha2-nistp256' : 'ssh-ed25519').publicKey
      if (at % 3 === 0) clock.advance(randomInt(3))
      const request = { subject: key, keyId: `id/${at % 7}`, principals: ['a'], ttlSeconds: 60 }
      const certificate = await createMint({ signer: memorySigner(ca), clock, entropy }).issue(request, never)
      const path = join(folder, `${at}.pub`)
      writeFileSync(path, `${at % 4 === 0 ? formatPublicKeyLine(key) : certificate.line}\n`)
      made.push({ path, key, certificate, ca })
    }
    return made
  }

  const some = <T>(from: readonly T[], chance: number): T[] => from.filter(() => randomInt(100) < chance)

  function randomKrl(from: readonly Subject[]): Krl {
    const entry = (ca: CaKey | undefined): KrlCertificates => ({
      ca: ca?.publicKey.blob,
      serials: some(from, 25).map(({ certificate: { serial } }) => {
        const first = serial > 3n ? serial - BigInt(randomInt(3)) : serial
        return { first, last: serial + BigInt(randomInt(2)) * BigInt(randomInt(1 << 21)) }
      }),
      keyIds: some(from, 5).map(({ certificate }) => certificate.certificate.keyId),
    })
    return {
      ...emptyKrl(BigInt(randomInt(1000)), 1_767_225_600n),
      certificates: some([entry(cas[0]), entry(cas[1]), entry(undefined)], 50),
      keys: some(from, 5).map(({ key }) => key.blob),
      sha256: some(from, 5).map(({ key }) => revocationHash(key)),
    }
  }

  async function theirs(from: readonly Subject[]): Promise<readonly boolean[]> {
    const { stdout } = await run('ssh-keygen', ['-Q', '-f', krlFile, ...from.map(({ path }) => path)])
    const lines = stdout.trim().split('\n')
    return from.map(({ path }) => {
      const line = lines.find((each) => each.startsWith(`${path} `)) ?? ''
      if (!/: (ok|REVOKED)$/.test(line)) throw new Error(`no verdict on ${path}: ${stdout}`)
      return line.endsWith('REVOKED')
    })
  }

  const ours = (krl: Krl, from: readonly Subject[]) =>
    from.map(
      ({ key, certificate }, at) => revocationOf(krl, at % 4 === 0 ? key : certificate.certificate) !== undefined,
    )

  test('300 verdicts on 10 random lists of ours are the same', async () => {
    let revoked = 0
    for (let round = 0; round < 10; round++) {
      const from = await subjects(30)
      const bytes = encodeKrl(randomKrl(from))
      writeFileSync(krlFile, bytes)
      const verdicts = await theirs(from)
      expect(ours(parseKrl(bytes), from)).toEqual(verdicts)
      revoked += verdicts.filter((is) => is).length
    }
    // Both kinds must have come up, or the test compared nothing.
    expect(revoked).toBeGreaterThan(20)
    expect(revoked).toBeLessThan(280)
  })

  test('200 verdicts on lists by ssh-keygen -k, bitmaps and ranges among them, are the same', async () => {
    let bitmaps = 0
    for (let round = 0; round < 10; round++) {
      const from = await subjects(20)
      const dense = Array.from({ length: 40 }, (_, at) => (1n << 20n) + BigInt(at * randomInt(1, 4)))
      const lines = [
        ...[...some(from, 30).map(({ certificate }) => certificate.serial), ...dense].map(
          (serial) => `serial: ${serial}`,
        ),
        ...some(from, 10).map(({ certificate: { serial } }) => `serial: ${serial}-${serial + 5n}`),
        ...some(from, 5).map(({ certificate }) => `id: ${certificate.certificate.keyId}`),
        ...some(from, 5).map(({ key }) => `key: ${formatPublicKeyLine(key)}`),
        ...some(from, 5).map(({ key }) => `sha256: ${formatPublicKeyLine(key)}`),
        ...some(from, 5).map(({ key }) => `sha1: ${formatPublicKeyLine(key)}`),
      ]
      const [spec, caFile] = [join(folder, 'spec'), join(folder, 'ca.pub')]
      writeFileSync(spec, `${lines.join('\n')}\n`)
      writeFileSync(caFile, `${formatPublicKeyLine((cas[0] ?? generateCaKey()).publicKey)}\n`)
      execFileSync('ssh-keygen', ['-q', '-k', '-f', krlFile, '-s', caFile, spec])
      const bytes = readFileSync(krlFile)
      bitmaps += bytes.includes(Buffer.from([0x22, 0, 0])) ? 1 : 0
      expect(ours(parseKrl(bytes), from)).toEqual(await theirs(from))
    }
    expect(bitmaps).toBeGreaterThan(0)
  })

  test('a CA’s own key in the list revokes all it signed', async () => {
    const from = await subjects(8)
    const bytes = encodeKrl({ ...emptyKrl(1n, 0n), keys: [(cas[1] ?? generateCaKey()).publicKey.blob] })
    writeFileSync(krlFile, bytes)
    expect(ours(parseKrl(bytes), from)).toEqual(await theirs(from))
    expect(ours(parseKrl(bytes), from).filter((is) => is)).toHaveLength(4)
  })
})
