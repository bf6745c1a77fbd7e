import { execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  addToAgent,
  agentHolds,
  agentSigner,
  certificateExtensions,
  createMint,
  formatPublicKeyLine,
  generateCaKey,
  keyTypes,
  memorySigner,
  parseCertificateLine,
  parsePublicKeyLine,
  verifyCertificate,
} from '@sshmcp/ca'
import { isSshMcpError, systemClock } from '@sshmcp/kernel'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { requireReal } from '../../../test/support/require-real.ts'
import { kinds, makeKey } from './support/real-keys.ts'
import { run } from './support/real-sshd.ts'
import { sampleKey } from './support/sample-keys.ts'

const never = new AbortController().signal

describe.skipIf(!requireReal('ssh-keygen', 'ssh-agent', 'ssh-add'))('ssh-keygen and ssh-agent', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sshmcp-keygen-'))
  const ca = generateCaKey()
  const mint = createMint({ signer: memorySigner(ca), clock: systemClock })
  const socketPath = join(folder, 'agent')
  const agent = spawn('ssh-agent', ['-D', '-a', socketPath], { stdio: ['ignore', 'pipe', 'ignore'] })

  beforeAll(() => new Promise<void>((resolve) => agent.stdout?.once('data', () => resolve())))
  afterAll(async () => {
    const gone = new Promise((resolve) => agent.once('exit', resolve))
    if (agent.kill()) await gone
    rmSync(folder, { recursive: true, force: true })
  })

  const listing = (line: string): string => {
    const path = join(folder, 'listed-cert.pub')
    writeFileSync(path, `${line}\n`)
    return execFileSync('ssh-keygen', ['-L', '-f', path], { encoding: 'utf8', env: { ...process.env, TZ: 'UTC' } })
  }

  test.each(keyTypes)('-L reads a certificate for a %s key as it was meant', async (type) => {
    const subject = sampleKey(type).publicKey
    const made = await mint.issue(
      {
        subject,
        keyId: 'sshmcp/1/alice/op_1/apr_1/issue_cert',
        principals: ['alice', 'deploy'],
        ttlSeconds: 3600,
        critical: {
          forceCommand: 'df -h "/a b"',
          sourceAddresses: ['10.0.0.0/8', '2001:db8::/32'],
          verifyRequired: true,
        },
        extensions: certificateExtensions,
      },
      never,
    )
    const shown = listing(made.line)
    const second = (ms: number) => new Date(ms).toISOString().slice(0, 19)
    for (const part of [
      'user certificate',
      `${subject.fingerprint}\n`,
      `Signing CA: ED25519 ${ca.publicKey.fingerprint} (using ssh-ed25519)`,
      'Key ID: "sshmcp/1/alice/op_1/apr_1/issue_cert"',
      `Serial: ${made.serial}`,
      `Valid: from ${second(made.validFrom)} to ${second(made.expiresAt)}`,
      '                alice\n                deploy\n',
      'force-command df -h "/a b"',
      'source-address 10.0.0.0/8,2001:db8::/32',
      'verify-required',
      ...certificateExtensions,
    ]) {
      expect(shown).toContain(part)
    }
    expect(shown).not.toMatch(/UNKNOWN/i)
  })

  test.each(kinds)('a certificate by ssh-keygen, of a CA %s, is read and judged', (name, kind) => {
    const authority = makeKey(folder, `ca-${name.replace(' ', '-')}`, kind)
    const subject = makeKey(folder, `subject-${name.replace(' ', '-')}`)
    const options = [
      '-O',
      'clear',
      '-O',
      'force-command=uptime -p',
      '-O',
      'source-address=127.0.0.0/8,::1',
      '-O',
      'permit-pty',
    ]
    const sign = ['-q', '-s', authority.path, '-I', 'some id', '-n', 'a,b', '-z', '42', '-V', '-1m:+5m', ...options]
    execFileSync('ssh-keygen', [...sign, `${subject.path}.pub`])
    const read = parseCertificateLine(readFileSync(`${subject.path}-cert.pub`, 'utf8'))
    expect(read).toMatchObject({
      kind: 'user',
      keyId: 'some id',
      serial: 42n,
      principals: ['a', 'b'],
      critical: { forceCommand: 'uptime -p', sourceAddresses: ['127.0.0.0/8', '::1'] },
      extensions: ['permit-pty'],
    })
    const context = { authorities: [authority.publicKey], now: Date.now(), principal: 'b', address: '127.0.0.1' }
    expect(verifyCertificate(read, context)).toEqual({ valid: true })
    const spoiled = { ...read, signed: Buffer.concat([read.signed.subarray(1), Buffer.from([0])]) }
    expect(verifyCertificate(spoiled, context)).toMatchObject({ reason: 'bad_signature' })
  })

  test('a host certificate by ssh-keygen is no user certificate', () => {
    const [authority, subject] = [makeKey(folder, 'host-ca'), makeKey(folder, 'host-subject')]
    execFileSync('ssh-keygen', ['-q', '-h', '-s', authority.path, '-I', 'h', '-n', 'web-1', `${subject.path}.pub`])
    const read = parseCertificateLine(readFileSync(`${subject.path}-cert.pub`, 'utf8'))
    const verdict = verifyCertificate(read, { authorities: [authority.publicKey], now: Date.now(), principal: 'web-1' })
    expect(verdict).toMatchObject({ reason: 'not_a_user_certificate' })
  })

  test.each(kinds)('fingerprint and size of a key %s are those of ssh-keygen -l', (name, kind) => {
    const { path, publicKey } = makeKey(folder, `l-${name.replace(' ', '-')}`, kind)
    const [bits, fingerprint] = execFileSync('ssh-keygen', ['-lf', `${path}.pub`], { encoding: 'utf8' }).split(' ')
    expect([publicKey.bits, publicKey.fingerprint]).toEqual([Number(bits), fingerprint])
  })

  test('what ssh-keygen does not take for a key, we do not take either', async () => {
    const folderOf = (index: number) => join(folder, `odd-${index}.pub`)
    const odd = [1024, 2048].map((bits) => {
      const path = join(folder, `odd-rsa-${bits}`)
      execFileSync('ssh-keygen', ['-q', '-t', 'rsa', '-b', String(bits), '-N', '', '-f', path])
      return readFileSync(`${path}.pub`, 'utf8')
    })
    const good = formatPublicKeyLine(ca.publicKey)
    const lines = [...odd, good, good.slice(0, -1), good.replace('AAAA', 'AAAB'), good.replace('ed25519 ', 'rsa ')]
    for (const [index, line] of lines.entries()) {
      writeFileSync(folderOf(index), `${line.trim()}\n`)
      const theirs = (await run('ssh-keygen', ['-lf', folderOf(index)])).code === 0
      if (!theirs) expect(() => parsePublicKeyLine(line)).toThrow()
    }
    expect(() => parsePublicKeyLine(odd[0] ?? '')).toThrow(expect.objectContaining({ code: 'KEY_TOO_WEAK' }))
    expect(parsePublicKeyLine(odd[1] ?? '').bits).toBe(2048)
  })

  test('an agent that was given the CA key signs, and forgets it when its time is over', async () => {
    const address = { socketPath }
    expect(await agentHolds(address, ca.publicKey, never)).toBe(false)
    await addToAgent(address, ca, { comment: 'sshmcp CA', lifetimeSeconds: 2 }, never)
    expect(await agentHolds(address, ca.publicKey, never)).toBe(true)
    const listed = await run('ssh-add', ['-l'], { ...process.env, SSH_AUTH_SOCK: socketPath })
    expect(listed.stdout).toContain(`${ca.publicKey.fingerprint} sshmcp CA (ED25519)`)
    const subject = sampleKey('ssh-ed25519').publicKey
    const request = { subject, keyId: 'k', principals: ['a'], ttlSeconds: 60 }
    const byAgent = createMint({ signer: agentSigner(address, ca.publicKey), clock: systemClock })
    expect(listing((await byAgent.issue(request, never)).line)).toContain(ca.publicKey.fingerprint)
    while (await agentHolds(address, ca.publicKey, never)) await new Promise((resolve) => setTimeout(resolve, 100))
    const refusal = await byAgent.issue(request, never).catch((error: unknown) => error)
    expect(isSshMcpError(refusal) && refusal.code).toBe('CA_AGENT_REFUSED')
  })

  test.each(kinds)('an agent signs with a CA key %s', async (name, kind) => {
    const { path, publicKey } = makeKey(folder, `agent-${name.replace(' ', '-')}`, kind)
    expect((await run('ssh-add', ['-q', path], { ...process.env, SSH_AUTH_SOCK: socketPath })).code).toBe(0)
    const byAgent = createMint({ signer: agentSigner({ socketPath }, publicKey), clock: systemClock })
    const subject = sampleKey('ssh-ed25519').publicKey
    const made = await byAgent.issue({ subject, keyId: 'k', principals: ['a'], ttlSeconds: 60 }, never)
    const using = name === 'rsa 2048' ? 'rsa-sha2-512' : publicKey.type
    expect(listing(made.line)).toContain(`${publicKey.fingerprint} (using ${using})`)
  })
})
