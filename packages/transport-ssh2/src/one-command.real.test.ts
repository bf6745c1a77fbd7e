import { execFileSync } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseHostId } from '@sshmcp/kernel'
import { oneCommandContract } from '@sshmcp/transport/testing'
import ssh2 from 'ssh2'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { isRoot, plainShell } from '../../../test/support/accounts.ts'
import { runLine } from '../../../test/support/collect.ts'
import { endIt, endsEverything, gone } from '../../../test/support/ends-everything.ts'
import { execOutput } from '../../../test/support/exec-output.ts'
import { type OneCommandHost, startOneCommandHost } from '../../../test/support/one-command.ts'
import { programPath, requireReal, requireThat } from '../../../test/support/require-real.ts'
import { certificateKey } from './certificate-auth.ts'

const never = new AbortController().signal
const isReal = requireReal('sshd', 'ssh-keygen')

describe.skipIf(!isReal)('a connection for one command on a real sshd', () => {
  let it: OneCommandHost
  beforeAll(async () => {
    it = await startOneCommandHost({ ...plainShell, config: ['LogLevel VERBOSE', 'Subsystem sftp internal-sftp'] })
  })
  afterAll(() => it?.stop())

  const connect = (line: string) => it.transport.connect(it.host, never, { ...it.purpose, line })
  const begun = () => it.sshd.log().match(/Starting session: .*/g) ?? []

  /** What a client gets that has the identity and asks for commands of its own, one channel for each. */
  async function asks(identity: OneCommandHost['made'][number]['identity'], commands: readonly string[]) {
    const client = new ssh2.Client()
    const key = await certificateKey(client, identity)
    const hostKey = readFileSync(it.sshd.knownHostsFile, 'utf8').split(' ')[2]?.trim()
    const { port, user: username } = it.sshd
    const method: ssh2.AnyAuthMethod = { type: 'publickey', username, key }
    await new Promise<void>((resolve, reject) => {
      client.once('ready', resolve)
      client.on('error', reject)
      const hostVerifier = (blob: Buffer) => blob.toString('base64') === hostKey
      client.connect({
        host: '127.0.0.1',
        port,
        username,
        hostVerifier,
        authHandler: [method],
      })
    })
    const one = async (command: string) => (await execOutput(client, command)).toString()
    const refusal = (open: (done: (error: Error | undefined) => void) => void) =>
      new Promise<string>((resolve) => open((error) => resolve(error === undefined ? 'opened' : error.message)))
    try {
      const said: string[] = []
      for (const command of commands) said.push(await one(command))
      const sftp = await refusal((done) => client.sftp((error) => done(error)))
      const forward = await refusal((done) =>
        client.forwardOut('127.0.0.1', 0, '127.0.0.1', port, (error) => done(error)),
      )
      return { said, sftp, forward }
    } finally {
      client.destroy()
    }
  }

  test.each(oneCommandContract)('$name', ({ run }) =>
    run(() => ({ ...it, begun: () => begun().length, dispose: async () => {} })),
  )

  test('sshd takes the line from the certificate', async () => {
    const before = begun().length
    await runLine(it.lineByLine(), 'echo one; exit 7')
    expect(begun().slice(before)).toEqual([
      expect.stringMatching(/forced-command \(key-option\) '(sh -c ')?echo sshmcp-.*echo one; exit 7'/),
    ])
  })

  test('whoever has the key and the certificate gets the approved command, whatever they ask for, and nothing else', async () => {
    const connection = await connect('echo approved')
    await connection.close()
    const { identity, terms } = it.made.at(-1) ?? expect.fail('no identity')
    const { said, sftp, forward } = await asks(identity, ['rm -rf /nothing', 'echo other; id'])
    expect(said.map((text) => text.replace(/^sshmcp-.*\n/, ''))).toEqual(['approved\n', 'approved\n'])
    expect(terms.forceCommand).toMatch(/^(sh -c ')?echo sshmcp-[0-9a-f]{32} .*; echo approved$/)
    expect([sftp, forward]).not.toContain('opened')
  })

  test('and nothing any more when its two minutes are over', async () => {
    it.setBehind(121)
    try {
      await expect(connect('echo approved')).rejects.toMatchObject({ code: 'TRANSPORT_AUTH_FAILED' })
      it.setBehind(60)
      expect((await runLine(it.lineByLine(), 'echo approved')).stdout.toString()).toBe('approved\n')
    } finally {
      it.setBehind(0)
    }
  })

  test('a way through it has a certificate that permits forwarding, and runs nothing', async () => {
    const before = it.made.length
    const certificate = { mode: 'per_command', principal: undefined, sourceAddresses: ['127.0.0.1'] } as const
    const far = { ...it.host, hostId: parseHostId('far'), proxyJump: it.host.hostId, certificate }
    const connection = await it.transport.connect(far, never, { ...it.purpose, line: 'echo "$SSH_CONNECTION"' })
    expect((await runLine(connection, 'echo "$SSH_CONNECTION"')).exit.exitCode).toBe(0)
    const [way, end] = it.made.slice(before)
    expect(end?.terms.permitsForwarding).toBeUndefined()
    const { identity } = way ?? expect.fail('no identity')
    expect(identity.keyId).toBe('sshmcp/1/alice/op_1/-/run_ssh_command:way')
    const { said, sftp, forward } = await asks(identity, ['echo other'])
    expect({ said, forward, opensFiles: sftp === 'opened' }).toEqual({
      said: [''],
      forward: 'opened',
      opensFiles: false,
    })
  })

  test('standard input, both streams, a signal and a command that does not exist are as over any connection', async () => {
    const connection = it.lineByLine()
    const stdin = `${'line of input\n'.repeat(20_000)}end`
    expect((await runLine(connection, 'cat', { stdin })).stdout.toString()).toBe(stdin)
    const { stdout, stderr } = await runLine(connection, "printf 'out'; printf 'err' >&2")
    expect([stdout.toString(), stderr.toString()]).toEqual(['out', 'err'])
    expect((await runLine(connection, 'kill -KILL $$')).exit).toEqual({ exitCode: null, signal: 'KILL' })
    expect((await runLine(connection, 'sshmcp-no-such-command')).exit.exitCode).toBe(127)
    const all = await Promise.all([1, 2, 3, 4].map((n) => runLine(connection, `echo ${n}`)))
    expect(all.map(({ stdout }) => stdout.toString())).toEqual(['1\n', '2\n', '3\n', '4\n'])
  })

  test('a line as long as a certificate holds goes through whole, and a longer one is refused before', async () => {
    const line = (length: number) => `printf %s '${'x'.repeat(length)}' | wc -c`
    expect((await runLine(it.lineByLine(), line(32_000))).stdout.toString().trim()).toBe('32000')
    const made = it.made.length
    await expect(runLine(it.lineByLine(), line(33_000))).rejects.toMatchObject({ code: 'TRANSPORT_COMMAND_TOO_LONG' })
    expect(it.made.length).toBe(made)
  })

  test('every line of ours has a certificate for itself', async () => {
    const before = it.made.length
    expect(await endIt(it.lineByLine(), (seconds) => `env sleep ${seconds}`)).toEqual(gone)
    const made = it.made.slice(before).map(({ identity, terms }) => [identity.keyId, terms.forceCommand?.slice(-60)])
    expect(made).toEqual([
      ['sshmcp/1/alice/op_1/-/run_ssh_command', expect.stringMatching(/; env sleep 600\.\d+$/)],
      ['sshmcp/1/alice/op_1/-/run_ssh_command:end', expect.stringMatching(/ alone sshmcp-[0-9a-f]{32}$/)],
    ])
  })
})

const shells = ['sh', 'bash', 'zsh', 'fish', 'csh', 'ksh', 'mksh'] as const

describe.skipIf(!(isReal && requireThat(isRoot, 'login shells of other accounts need root')))(
  'processes of one command',
  () => {
    describe.each(shells.filter((name) => requireReal(name)))('with %s as the login shell', (name) => {
      let it: OneCommandHost
      beforeAll(async () => {
        it = await startOneCommandHost({ userShell: programPath(name) ?? name })
      })
      afterAll(() => it?.stop())
      endsEverything(async () => it.lineByLine())
    })

    describe.skipIf(!requireReal('busybox'))('with nothing but BusyBox', () => {
      let it: OneCommandHost
      let applets: string
      beforeAll(async () => {
        applets = mkdtempSync(join(tmpdir(), 'sshmcp-busybox-'))
        chmodSync(applets, 0o755)
        execFileSync('busybox', ['--install', '-s', applets])
        it = await startOneCommandHost({ userShell: join(applets, 'ash'), config: [`SetEnv PATH=${applets}`] })
      })
      afterAll(async () => {
        await it?.stop()
        rmSync(applets, { recursive: true, force: true })
      })
      endsEverything(async () => it.lineByLine())
    })
  },
)
