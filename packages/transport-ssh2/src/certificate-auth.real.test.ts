import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  createEphemeralIdentity,
  createMint,
  formatPublicKeyLine,
  generateCaKey,
  type LoginIdentity,
  loginIdentity,
  type MintRequest,
  memorySigner,
  publicKeyOf,
} from '@sshmcp/ca'
import { Secret, systemClock } from '@sshmcp/kernel'
import ssh2 from 'ssh2'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { execOutput } from '../../../test/support/exec-output.ts'
import { requireReal } from '../../../test/support/require-real.ts'
import { startSshd, type TestSshd } from '../../../test/support/sshd.ts'
import { certificateKey } from './certificate-auth.ts'

const never = new AbortController().signal
const pairs: Record<string, () => { publicKey: KeyObject; privateKey: KeyObject }> = {
  'ssh-ed25519': () => generateKeyPairSync('ed25519'),
  'ecdsa-sha2-nistp256': () => generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  'ecdsa-sha2-nistp384': () => generateKeyPairSync('ec', { namedCurve: 'P-384' }),
  'ecdsa-sha2-nistp521': () => generateKeyPairSync('ec', { namedCurve: 'P-521' }),
  'ssh-rsa': () => generateKeyPairSync('rsa', { modulusLength: 2048 }),
}

describe.skipIf(!requireReal('sshd', 'ssh-keygen'))('a certificate login of ssh2 on a real sshd', () => {
  const ca = generateCaKey()
  const mint = createMint({ signer: memorySigner(ca), clock: systemClock })
  const folder = mkdtempSync(join(tmpdir(), 'sshmcp-cert-'))
  let sshd: TestSshd

  beforeAll(async () => {
    writeFileSync(join(folder, 'ca.pub'), `${formatPublicKeyLine(ca.publicKey)}\n`)
    writeFileSync(join(folder, 'krl'), '')
    const trust = [`TrustedUserCAKeys ${join(folder, 'ca.pub')}`, `RevokedKeys ${join(folder, 'krl')}`]
    sshd = await startSshd({ config: [...trust, 'MaxAuthTries 20', 'Compression yes'] })
  })
  afterAll(async () => {
    await sshd?.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  const identityFor = async (change: Partial<MintRequest> = {}, type = 'ssh-ed25519') => {
    const pair = (pairs[type] ?? (() => generateKeyPairSync('ed25519')))()
    const subject = publicKeyOf(pair.publicKey)
    const request = { subject, keyId: 'k', principals: [sshd.user], ttlSeconds: 120, ...change }
    const { certificate } = await mint.issue(request, never)
    return loginIdentity(certificate, subject, new Secret(pair.privateKey))
  }

  interface Prepared {
    readonly config?: ssh2.ConnectConfig
    /** Spoils something between the key and the login. */
    readonly spoil?: (key: ssh2.ParsedKey, client: ssh2.Client) => void
    readonly before?: readonly ssh2.AnyAuthMethod[]
  }

  const connect = async (identity: LoginIdentity, { config = {}, spoil, before = [] }: Prepared = {}) => {
    const client = new ssh2.Client()
    const key = await certificateKey(client, identity)
    spoil?.(key, client)
    const hostKey = readFileSync(sshd.knownHostsFile, 'utf8').split(' ')[2]?.trim()
    await new Promise<void>((resolve, reject) => {
      client.once('ready', resolve)
      client.on('error', reject)
      client.once('close', () => reject(new Error('closed')))
      client.connect({
        host: '127.0.0.1',
        port: sshd.port,
        username: sshd.user,
        hostVerifier: (blob: Buffer) => blob.toString('base64') === hostKey,
        authHandler: [...before, { type: 'publickey', username: sshd.user, key }],
        ...config,
      })
    })
    return client
  }

  const runOn = async (client: ssh2.Client, command: string) => (await execOutput(client, command)).toString()

  const says = async (identity: LoginIdentity, command: string, prepared?: Prepared) => {
    const client = await connect(identity, prepared)
    try {
      return await runOn(client, command)
    } finally {
      client.destroy()
    }
  }

  const outcome = (identity: LoginIdentity, prepared?: Prepared): Promise<string> =>
    connect(identity, prepared).then(
      (client) => {
        client.destroy()
        return 'logged in'
      },
      (error: unknown) => String(error),
    )

  test.each(Object.keys(pairs))('%s', async (type) => {
    expect(await says(await identityFor({}, type), 'echo in')).toBe('in\n')
  })

  test.each<[string, ssh2.Algorithms]>([
    ['aes gcm', { cipher: ['aes256-gcm@openssh.com'] }],
    ['aes ctr with a mac', { cipher: ['aes256-ctr'], hmac: ['hmac-sha2-256'] }],
    ['aes ctr with encrypt-then-mac', { cipher: ['aes128-ctr'], hmac: ['hmac-sha2-512-etm@openssh.com'] }],
    ['chacha', { cipher: ['chacha20-poly1305@openssh.com'] }],
    ['compression', { compress: ['zlib@openssh.com'] }],
  ])('over %s', async (_name, algorithms) => {
    expect(await says(await identityFor(), 'echo in', { config: { algorithms } })).toBe('in\n')
  })

  test('after another method was refused', async () => {
    const other = ssh2.utils.generateKeyPairSync('ed25519').private
    const before = [{ type: 'publickey', username: sshd.user, key: other } as const]
    expect(await says(await identityFor(), 'echo in', { before })).toBe('in\n')
  })

  test('many at once, each with its own identity', async () => {
    const all = await Promise.all(Array.from({ length: 20 }, async (_, at) => says(await identityFor(), `echo ${at}`)))
    expect(all).toEqual(Array.from({ length: 20 }, (_, at) => `${at}\n`))
  })

  test('the identity of one connection runs the one approved command, whatever is asked for', async () => {
    const reason = { userId: 'alice', requestId: 'op_1', approvalId: 'apr_1', tool: 'run_ssh_command' }
    const about = {
      reason,
      principal: sshd.user,
      sourceAddresses: ['127.0.0.1'],
      forceCommand: "printf '%s' 'a \"b\"'",
    }
    const identity = await createEphemeralIdentity(mint, about, async () => {}, never)
    expect(await says(identity, 'rm -rf /nothing')).toBe('a "b"')
  })

  test('leaves nothing behind on the client', async () => {
    const client = await connect(await identityFor())
    const writer = Reflect.get(Reflect.get(Reflect.get(client, '_protocol'), '_packetRW'), 'write')
    expect(Object.hasOwn(writer, 'finalize')).toBe(false)
    expect(await runOn(client, 'echo still')).toBe('still\n')
    client.destroy()
  })

  test('refused by the host: stolen, for another account, from another source, of another CA', async () => {
    const thief = new Secret(generateKeyPairSync('ed25519').privateKey)
    const owner = publicKeyOf(generateKeyPairSync('ed25519').publicKey)
    const request = { subject: owner, keyId: 'k', principals: [sshd.user], ttlSeconds: 120 }
    const stolen = loginIdentity((await mint.issue(request, never)).certificate, owner, thief)
    const strangers = createMint({ signer: memorySigner(generateCaKey()), clock: systemClock })
    const own = generateKeyPairSync('ed25519')
    const foreign = await strangers.issue({ ...request, subject: publicKeyOf(own.publicKey) }, never)
    const refused = [
      stolen,
      await identityFor({ principals: ['somebody-else'] }),
      await identityFor({ critical: { sourceAddresses: ['192.0.2.1'] } }),
      loginIdentity(foreign.certificate, publicKeyOf(own.publicKey), new Secret(own.privateKey)),
    ]
    for (const identity of refused)
      expect(await outcome(identity)).toContain('All configured authentication methods failed')
  })

  test('when ssh2’s packets look otherwise, nothing is sent and the login fails', async () => {
    let signed = 0
    const identity = await identityFor()
    const sign = (data: Uint8Array) => {
      signed++
      return identity.sign(data)
    }
    const counting: LoginIdentity = { ...identity, sign }
    const hidden = 'this version of ssh2 cannot log in with certificates'
    const writerOf = (client: ssh2.Client) =>
      Reflect.get(Reflect.get(Reflect.get(client, '_protocol'), '_packetRW'), 'write')
    // The packet no longer holds what it should.
    const otherPacket = (key: ssh2.ParsedKey) => {
      const { sign } = key
      Object.assign(key, { sign: (data: Buffer) => Buffer.from(sign.call(key, data)).fill(1) })
    }
    expect(await outcome(counting, { spoil: otherPacket })).toContain(hidden)
    // Somebody else has put a hook where ours goes.
    const hooked = (_key: ssh2.ParsedKey, client: ssh2.Client) =>
      client.once('handshake', () => Object.assign(writerOf(client), { finalize: (packet: Buffer) => packet }))
    expect(await outcome(counting, { spoil: hooked })).not.toBe('logged in')
    // The way in is gone.
    const moved = (key: ssh2.ParsedKey, client: ssh2.Client) => {
      const { sign } = key
      const hide = (data: Buffer) => {
        const protocol = Reflect.get(client, '_protocol')
        Object.assign(client, { _protocol: undefined })
        const result = sign.call(key, data)
        Object.assign(client, { _protocol: protocol })
        return result
      }
      Object.assign(key, { sign: hide })
    }
    expect(await outcome(counting, { spoil: moved })).toContain(hidden)
    expect(signed).toBeGreaterThan(1)
    expect(await outcome(identity)).toBe('logged in')
  })
})
