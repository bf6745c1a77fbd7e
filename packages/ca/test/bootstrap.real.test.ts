import { lstatSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  type BootstrapRequest,
  bootstrapScript,
  createMint,
  emptyKrl,
  encodeKrl,
  formatPublicKeyLine,
  generateCaKey,
  memorySigner,
} from '@sshmcp/ca'
import { systemClock } from '@sshmcp/kernel'
import { ManualClock } from '@sshmcp/kernel/testing'
import { afterEach, describe, expect, test } from 'vitest'
import { requireReal, requireThat } from '../../../test/support/require-real.ts'
import { keepCertificate, makeKey } from './support/real-keys.ts'
import { type RealSshd, run, startRealSshd } from './support/real-sshd.ts'

const never = new AbortController().signal
const canRun =
  requireReal('sshd', 'ssh', 'ssh-keygen') && requireThat(process.getuid?.() === 0, 'the bootstrap needs root')

describe.skipIf(!canRun)('the bootstrap script on a throw-away sshd', () => {
  const ca = generateCaKey()
  const mint = createMint({ signer: memorySigner(ca), clock: systemClock })
  const sshds: RealSshd[] = []
  afterEach(async () => {
    for (const sshd of sshds.splice(0)) await sshd.stop()
  })

  const start = async (config: (folder: string) => readonly string[] = () => []) => {
    const sshd = await startRealSshd((folder) => {
      mkdirSync(join(folder, 'conf.d'))
      return config(folder)
    })
    sshds.push(sshd)
    return sshd
  }

  const bootstrap = async (sshd: RealSshd, change: Partial<BootstrapRequest> = {}, from = mint) => {
    const file = (name: string) => join(sshd.folder, name)
    const paths = {
      sshdConfig: sshd.configFile,
      dropInFolder: file('conf.d'),
      caFile: file('sshmcp_user_ca.pub'),
      krlFile: file('sshmcp_revoked'),
      reload: `kill -HUP "$(cat ${file('pid')})" && sleep 0.2`,
    }
    const script = await bootstrapScript(from, { login: sshd.user, userId: 'alice', paths, ...change }, never)
    writeFileSync(file('script'), script)
    const ran = await run('sh', [file('script')])
    return { ...ran, said: ran.stdout + ran.stderr }
  }

  /** Every file that the script could touch, with mode and contents. */
  const snapshot = (sshd: RealSshd) => {
    const names = readdirSync(sshd.folder, { recursive: true, encoding: 'utf8' })
    const kept = names.filter((name) => !/^(log|script|key|pid)/.test(name)).sort()
    return kept.map((name) => {
      const found = statSync(join(sshd.folder, name))
      const text = found.isFile() ? readFileSync(join(sshd.folder, name), 'latin1') : ''
      return `${name} ${(found.mode & 0o777).toString(8)}\n${text}`
    })
  }

  const logIn = async (sshd: RealSshd, with_ = mint) => {
    const key = makeKey(sshd.folder, `key-${Math.random()}`)
    const request = { subject: key.publicKey, keyId: 'k', principals: [sshd.user], ttlSeconds: 60 }
    keepCertificate(key.path, await with_.issue(request, never))
    return (await sshd.login('true', key.path)).code === 0
  }

  test.each([
    ['into a folder that is included', (folder: string) => [`Include ${folder}/conf.d/*.conf`]],
    ['at the top of a configuration without one', () => []],
    ['at the top, above a Match block', () => ['Match User nobody-at-all', 'X11Forwarding no', 'Match all']],
  ])('%s: certificates log in, and running it again changes nothing', async (_name, config) => {
    const sshd = await start(config)
    expect(await logIn(sshd)).toBe(false)
    const first = await bootstrap(sshd)
    expect(first.said).toContain('done: a login with a certificate works')
    expect(first.code).toBe(0)
    expect(await logIn(sshd)).toBe(true)
    const after = snapshot(sshd)
    const second = await bootstrap(sshd)
    expect(second.said).toBe('sshmcp: nothing to change: a login with a certificate works\n')
    expect(second.code).toBe(0)
    expect(snapshot(sshd)).toEqual(after)
    expect(statSync(join(sshd.folder, 'sshmcp_user_ca.pub')).mode & 0o777).toBe(0o644)
    expect(readFileSync(join(sshd.folder, 'sshmcp_revoked'))).toHaveLength(0)
  })

  test('a host without a list gets the published one, an older one is brought up to date, a newer one stays', async () => {
    const sshd = await start()
    const list = (version: bigint) => encodeKrl(emptyKrl(version, 0n))
    const present = () => readFileSync(join(sshd.folder, 'sshmcp_revoked'))
    expect((await bootstrap(sshd, { krl: list(5n) })).code).toBe(0)
    expect(present()).toEqual(Buffer.from(list(5n)))
    expect((await bootstrap(sshd, { krl: list(4n) })).said).toContain('nothing to change')
    expect(present()).toEqual(Buffer.from(list(5n)))
    expect((await bootstrap(sshd, { krl: list(300n) })).said).toContain(`wrote ${join(sshd.folder, 'sshmcp_revoked')}`)
    expect(present()).toEqual(Buffer.from(list(300n)))
    expect((await bootstrap(sshd, { krl: list(300n) })).said).toContain('nothing to change')
    expect((await bootstrap(sshd)).said).toContain('nothing to change')
    expect(present()).toEqual(Buffer.from(list(300n)))
  })

  test('an empty list of the first run is filled by a later one; a damaged one is not let near sshd', async () => {
    const sshd = await start()
    const present = () => readFileSync(join(sshd.folder, 'sshmcp_revoked'))
    await bootstrap(sshd)
    expect(present()).toHaveLength(0)
    const krl = encodeKrl(emptyKrl(7n, 0n))
    const damaged = await bootstrap(sshd, { krl: krl.slice(0, 30) })
    expect(damaged).toMatchObject({ code: 1, stderr: expect.stringContaining('the new revocation list is damaged') })
    expect(present()).toHaveLength(0)
    expect((await bootstrap(sshd, { krl })).code).toBe(0)
    expect(present()).toEqual(Buffer.from(krl))
    expect(await logIn(sshd)).toBe(true)
  })

  test('another CA that is trusted already stays trusted: ours is added to its file, once', async () => {
    const other = generateCaKey()
    const others = createMint({ signer: memorySigner(other), clock: systemClock })
    const sshd = await start((folder) => {
      // Without a newline at the end, as people's files are.
      writeFileSync(join(folder, 'their_ca'), formatPublicKeyLine({ ...other.publicKey, comment: 'theirs' }))
      return [`TrustedUserCAKeys ${folder}/their_ca`]
    })
    expect((await bootstrap(sshd)).code).toBe(0)
    expect((await bootstrap(sshd)).said).toContain('nothing to change')
    expect([await logIn(sshd), await logIn(sshd, others)]).toEqual([true, true])
    expect(readFileSync(join(sshd.folder, 'their_ca'), 'utf8').trim().split('\n')).toHaveLength(2)
  })

  test.each([
    ['the account may not log in', ['DenyUsers root'], {}],
    ['there is no such account', [], { login: 'nobody-at-all' }],
    ['certificates name somebody else', [], { principal: 'somebody-else' }],
    ['keys are not taken', ['PubkeyAuthentication no'], {}],
  ])(
    'when the test login fails because %s, everything is as it was',
    async (_name, config, change) => {
      const sshd = await start(() => config)
      const before = snapshot(sshd)
      const ran = await bootstrap(sshd, change)
      expect(ran.stderr).toMatch(/^sshmcp: the test login as \S+ failed: .*denied.*\n$/i)
      expect(ran.stdout).toContain('rolled back: the files are as they were')
      expect(ran.code).toBe(1)
      expect(snapshot(sshd)).toEqual(before)
      expect(await logIn(sshd)).toBe(false)
    },
    60_000,
  )

  test.each([
    [
      'another revocation list is in use',
      (folder: string) => [`RevokedKeys ${folder}/theirs`],
      'merge the two by hand',
    ],
    [
      'a file of another kind has the name of our list',
      (folder: string) => {
        writeFileSync(join(folder, 'sshmcp_revoked'), formatPublicKeyLine(generateCaKey().publicKey))
        return []
      },
      'is no list of ours',
    ],
    ['the configuration is broken already', () => [] as string[], 'broken already'],
  ])('when %s, nothing is touched', async (name, config, said) => {
    const sshd = await start((folder) => {
      writeFileSync(join(folder, 'theirs'), '')
      return config(folder)
    })
    if (name.includes('broken'))
      writeFileSync(sshd.configFile, `${readFileSync(sshd.configFile, 'utf8')}NoSuchKeyword\n`)
    const before = snapshot(sshd)
    const ran = await bootstrap(sshd)
    expect(ran.said).toContain(said)
    expect(ran.code).toBe(1)
    expect(snapshot(sshd)).toEqual(before)
  })

  test('when sshd cannot be reloaded, its revocation list stays: without it nobody at all would get in', async () => {
    const sshd = await start()
    const at = (name: string) => join(sshd.folder, name)
    const paths = { sshdConfig: sshd.configFile, caFile: at('ca'), krlFile: at('krl'), reload: 'false' }
    const config = readFileSync(sshd.configFile, 'utf8')
    const ran = await bootstrap(sshd, { paths })
    expect(ran).toMatchObject({ code: 1, stderr: 'sshmcp: sshd could not be reloaded\n' })
    expect(ran.stdout).toContain(`${at('krl')} stays`)
    expect(readFileSync(sshd.configFile, 'utf8')).toBe(config)
    expect(readdirSync(sshd.folder)).toContain('krl')
  })

  test('a configuration that is a link stays one, and files keep their modes', async () => {
    const sshd = await start()
    const real = join(sshd.folder, 'real_config')
    writeFileSync(real, readFileSync(sshd.configFile), { mode: 0o640 })
    rmSync(sshd.configFile)
    symlinkSync(real, sshd.configFile)
    expect((await bootstrap(sshd)).code).toBe(0)
    expect(lstatSync(sshd.configFile).isSymbolicLink()).toBe(true)
    expect(statSync(real).mode & 0o777).toBe(0o640)
    expect(readFileSync(real, 'utf8')).toContain('# sshmcp begin')
  })

  test('a script whose test login has expired says so and touches nothing', async () => {
    const sshd = await start()
    const before = snapshot(sshd)
    const past = createMint({ signer: memorySigner(ca), clock: new ManualClock(Date.now() - 3_600_000) })
    const ran = await bootstrap(sshd, {}, past)
    expect(ran).toMatchObject({ code: 1, said: expect.stringContaining('too old') })
    expect(snapshot(sshd)).toEqual(before)
  })

  test('it leaves nothing behind in the temporary folder, and no key anywhere', async () => {
    const sshd = await start()
    const temporary = join(sshd.folder, 'tmp')
    mkdirSync(temporary)
    await bootstrap(sshd)
    const ran = await run('sh', [join(sshd.folder, 'script')], { ...process.env, TMPDIR: temporary })
    expect(ran.code).toBe(0)
    expect(readdirSync(temporary)).toEqual([])
    expect(snapshot(sshd).filter((text) => text.includes('PRIVATE KEY'))).toHaveLength(1) // the host's own key
  })
})
