import { appendFileSync, copyFileSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  addAuthorizedKey,
  createAuthority,
  createEphemeralIdentity,
  createMint,
  formatPublicKeyLine,
  generateCaKey,
  type MintRequest,
  memorySigner,
  parseKeyId,
  pruneAuthorizedKeys,
  removeAuthorizedKey,
} from '@sshmcp/ca'
import { MemoryCertStore } from '@sshmcp/ca/testing'
import { randomIds, systemClock } from '@sshmcp/kernel'
import { ManualClock } from '@sshmcp/kernel/testing'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { requireReal } from '../../../test/support/require-real.ts'
import { keepCertificate, kinds, makeKey, type RealKey } from './support/real-keys.ts'
import { openSshVersion, type RealSshd, startRealSshd } from './support/real-sshd.ts'

const never = new AbortController().signal

describe.skipIf(!requireReal('sshd', 'ssh', 'ssh-keygen'))('certificates on a real sshd', () => {
  const ca = generateCaKey()
  const signer = memorySigner(ca)
  const mint = createMint({ signer, clock: systemClock })
  const store = new MemoryCertStore()
  const limits = { defaultTtlSeconds: 300, maxTtlSeconds: 3600 }
  const authority = createAuthority({ signer, store, clock: systemClock, ids: randomIds, limits })
  let sshd: RealSshd
  let key: RealKey
  let count = 0

  const freshKey = (kind?: readonly string[]) => makeKey(sshd.folder, `key${++count}`, kind)
  const request = (change: Partial<MintRequest> = {}): MintRequest => ({
    subject: key.publicKey,
    keyId: 'sshmcp/1/alice/op_1/-/test',
    principals: [sshd.user],
    ttlSeconds: 300,
    ...change,
  })
  const publish = async () => writeFileSync(join(sshd.folder, 'krl'), (await authority.publishKrl()).bytes)
  /** Logs in with a certificate for the one key, and returns what came of it. */
  const tryOut = async (change: Partial<MintRequest>, from = mint, command = 'echo in') => {
    keepCertificate(key.path, await from.issue(request(change), never))
    return sshd.login(command, key.path)
  }

  beforeAll(async () => {
    sshd = await startRealSshd((folder) => {
      writeFileSync(join(folder, 'ca.pub'), `${formatPublicKeyLine(ca.publicKey)}\n`)
      writeFileSync(join(folder, 'krl'), '')
      return [`TrustedUserCAKeys ${join(folder, 'ca.pub')}`, `RevokedKeys ${join(folder, 'krl')}`]
    })
    key = freshKey()
  })
  afterAll(() => sshd?.stop())
  afterEach(() => writeFileSync(sshd.authorizedKeysFile, ''))

  test.each(kinds)('%s: ssh logs in with it', async (_name, kind) => {
    const subject = freshKey(kind)
    keepCertificate(subject.path, await mint.issue(request({ subject: subject.publicKey }), never))
    expect(await sshd.login('echo in', subject.path)).toMatchObject({ code: 0, stdout: 'in\n' })
  })

  test('the same key without its certificate stays out', async () => {
    expect((await sshd.login('echo in', freshKey().path)).code).toBe(255)
  })

  test.each<[string, Partial<MintRequest>, number, RegExp]>([
    ['expired', {}, -3_600_000, /Certificate invalid: expired/],
    ['not yet valid', {}, 3_600_000, /Certificate invalid: not yet valid/],
    ['for somebody else', { principals: ['somebody-else'] }, 0, /name is not a listed principal|principal/],
    [
      'for another source',
      { critical: { sourceAddresses: ['192.0.2.0/24'] } },
      0,
      /not permitted to login from this host|not from a permitted source address/i,
    ],
  ])('%s: refused', async (_name, change, shiftMs, logged) => {
    const shifted = createMint({ signer, clock: new ManualClock(Date.now() + shiftMs) })
    sshd.logged()
    expect((await tryOut(change, shifted)).code).toBe(255)
    expect(sshd.logged()).toMatch(logged)
  })

  test('from the right source: taken', async () => {
    const critical = { sourceAddresses: ['127.0.0.0/8', '::1'] }
    expect(await tryOut({ critical })).toMatchObject({ code: 0 })
  })

  test('of another CA: refused', async () => {
    const stranger = createMint({ signer: memorySigner(generateCaKey()), clock: systemClock })
    sshd.logged()
    expect((await tryOut({}, stranger)).code).toBe(255)
    expect(sshd.logged()).not.toContain('Accepted')
  })

  test('stolen, without its key: refused', async () => {
    const certificate = await mint.issue(request(), never)
    const thief = freshKey()
    const stolen = keepCertificate(join(sshd.folder, 'stolen'), certificate)
    // The thief's client is told that the certificate belongs to the thief's key.
    copyFileSync(stolen, `${thief.path}-cert.pub`)
    expect((await sshd.login('echo in', thief.path, [`CertificateFile=${stolen}`])).code).toBe(255)
  })

  test('revoked, by certificate, key id or key: refused, and others go on', async () => {
    for (const kind of ['certificate', 'key_id', 'key'] as const) {
      const [bad, good] = [freshKey(), freshKey()]
      const issue = (of: RealKey, keyId: string) =>
        authority.issue(
          { userId: 'alice', subject: of.publicKey, principals: [sshd.user], ttlSeconds: 0, keyId },
          never,
        )
      const [badCertificate, goodCertificate] = [await issue(bad, `${kind}/bad`), await issue(good, `${kind}/good`)]
      keepCertificate(bad.path, badCertificate)
      keepCertificate(good.path, goodCertificate)
      expect((await sshd.login('echo in', bad.path)).code).toBe(0)
      const targets = {
        certificate: { kind: 'certificate', certId: badCertificate.certId },
        key_id: { kind: 'key_id', keyId: `${kind}/bad` },
        key: { kind: 'key', publicKey: bad.publicKey },
      } as const
      await authority.revoke(targets[kind], { by: 'bob', reason: 'test' })
      await publish()
      sshd.logged()
      expect((await sshd.login('echo in', bad.path)).code).toBe(255)
      expect(sshd.logged()).toMatch(/revoked/)
      expect((await sshd.login('echo in', good.path)).code).toBe(0)
    }
  })

  test('everything issued in a window, revoked at once', async () => {
    const certificate = await mint.issue(request(), never)
    keepCertificate(key.path, certificate)
    const window = { fromMs: certificate.issuedAt, toMs: certificate.issuedAt }
    await authority.revoke({ kind: 'issued_between', ...window }, { by: 'bob', reason: 'test' })
    await publish()
    expect((await sshd.login('echo in', key.path)).code).toBe(255)
    expect(await tryOut({})).toMatchObject({ code: 0 })
  })

  test('a forced command runs instead of what the client asks for, quotes and all', async () => {
    const critical = { forceCommand: `printf '%s|' 'a "b"' "$SSH_ORIGINAL_COMMAND"` }
    expect(await tryOut({ critical }, mint, 'rm -rf /nothing')).toMatchObject({
      code: 0,
      stdout: 'a "b"|rm -rf /nothing|',
    })
  })

  test('without extensions commands run, and a terminal or a forwarding is refused', async () => {
    keepCertificate(key.path, await mint.issue(request(), never))
    expect(await sshd.login('echo in', key.path)).toMatchObject({ code: 0 })
    const terminal = await sshd.login('tty', key.path, ['RequestTTY=force', 'LogLevel=INFO'])
    expect(terminal.stderr).toContain('PTY allocation request failed')
    const forwarding = [`RemoteForward=127.0.0.1:0 127.0.0.1:${sshd.port}`, 'ExitOnForwardFailure=yes']
    expect((await sshd.login('echo in', key.path, forwarding)).code).toBe(255)
  })

  test('the identity of one connection logs in, and the log of the host says who, why and through what', async () => {
    const reason = { userId: 'alice@example.org', requestId: 'op_01JD', approvalId: 'apr_7Q2', tool: 'run_ssh_command' }
    const about = { reason, principal: sshd.user, sourceAddresses: ['127.0.0.1'], forceCommand: 'echo approved' }
    const identity = await createEphemeralIdentity(mint, about, async () => {}, never)
    // The key of such an identity never leaves memory; its certificate goes to sshd in transport-ssh2's test.
    keepCertificate(key.path, await mint.issue(request({ keyId: identity.keyId }), never))
    sshd.logged()
    expect((await sshd.login('echo in', key.path)).code).toBe(0)
    const [, keyId = ''] =
      /^Accepted publickey for .* ID (\S+) \(serial \d+\) CA ED25519 SHA256:/m.exec(sshd.logged()) ?? []
    expect(parseKeyId(keyId)).toEqual(reason)
  })

  test('a damaged revocation list would lock everybody out, which is why none is ever published', async () => {
    const before = readFileSync(join(sshd.folder, 'krl'))
    keepCertificate(key.path, await mint.issue(request(), never))
    writeFileSync(join(sshd.folder, 'krl'), before.subarray(0, -1))
    expect((await sshd.login('echo in', key.path)).code).toBe(255)
    writeFileSync(join(sshd.folder, 'krl'), before)
    expect((await sshd.login('echo in', key.path)).code).toBe(0)
  })

  describe.skipIf(openSshVersion() < 9.1)('a line in authorized_keys', () => {
    const now = () => Math.floor(Date.now() / 1000)
    const foreign = '# mine\r\n\tssh-rsa broken\xff line'

    test('lets in until it expires, and not a moment after, though it still stands there; sweeping gives back the file', async () => {
      const subject = freshKey()
      const expiresAt = now() + 4
      const entry = { keyId: 'key_1', publicKey: subject.publicKey, expiresAt }
      writeFileSync(sshd.authorizedKeysFile, addAuthorizedKey(Buffer.from(foreign, 'latin1'), entry, now()).bytes)
      expect((await sshd.login('echo in', subject.path)).code).toBe(0)
      while (now() <= expiresAt) await new Promise((resolve) => setTimeout(resolve, 50))
      expect((await sshd.login('echo in', subject.path)).code).toBe(255)
      const swept = pruneAuthorizedKeys(readFileSync(sshd.authorizedKeysFile), now())
      expect(Buffer.from(swept.bytes).toString('latin1')).toBe(foreign)
    })

    test('is restricted, may force a command, and stops at once when it is taken out', async () => {
      const subject = freshKey()
      const forceCommand = 'printf "%s" "é\\x"'
      const entry = { keyId: 'key_2', publicKey: subject.publicKey, expiresAt: now() + 600, forceCommand }
      const added = addAuthorizedKey(Buffer.from(''), { ...entry, sourceAddresses: ['127.0.0.1'] }, now())
      writeFileSync(sshd.authorizedKeysFile, added.bytes)
      const ran = await sshd.login('echo in', subject.path)
      expect(ran).toMatchObject({ code: 0, stdout: expect.stringContaining('é') })
      const forwarding = [`RemoteForward=127.0.0.1:0 127.0.0.1:${sshd.port}`, 'ExitOnForwardFailure=yes']
      expect((await sshd.login('echo in', subject.path, forwarding)).code).toBe(255)
      writeFileSync(sshd.authorizedKeysFile, removeAuthorizedKey(added.bytes, 'key_2', now()).bytes)
      expect((await sshd.login('echo in', subject.path)).code).toBe(255)
    })

    test('goes on working behind a line that has expired', async () => {
      const subject = freshKey()
      const entry = { keyId: 'old', publicKey: subject.publicKey, expiresAt: now() - 10 }
      writeFileSync(sshd.authorizedKeysFile, addAuthorizedKey(Buffer.from(''), entry, now() - 100).bytes)
      expect((await sshd.login('echo in', subject.path)).code).toBe(255)
      appendFileSync(
        sshd.authorizedKeysFile,
        addAuthorizedKey(Buffer.from(''), { ...entry, keyId: 'new', expiresAt: now() + 60 }, now()).bytes,
      )
      expect((await sshd.login('echo in', subject.path)).code).toBe(0)
    })
  })
})
