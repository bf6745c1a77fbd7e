import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { SshConnection } from '@sshmcp/transport'
import { MemoryPrivateKeys } from '@sshmcp/transport/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { isRoot } from '../../../test/support/accounts.ts'
import { runLine } from '../../../test/support/collect.ts'
import { hostOf, linesOf, transportTo } from '../../../test/support/real-transport.ts'
import { programPath, requireReal, requireThat } from '../../../test/support/require-real.ts'
import { makeKey } from '../../../test/support/ssh-keys.ts'
import { startSshd, type TestSshd } from '../../../test/support/sshd.ts'

const never = new AbortController().signal
const isReal = requireReal('sshd', 'ssh-keygen')

function code(expected: string, ...parts: readonly string[]) {
  const message = new RegExp(parts.map((part) => part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')).join('[^]*'))
  return expect.objectContaining({ code: expected, message: expect.stringMatching(message) })
}

describe.skipIf(!isReal)('commands on a real sshd', () => {
  let sshd: TestSshd
  let connection: SshConnection

  beforeAll(async () => {
    sshd = await startSshd()
    connection = await transportTo(sshd, linesOf(sshd.knownHostsFile)).connect(hostOf(sshd), never)
  })
  afterAll(async () => {
    await connection?.close()
    await sshd?.stop()
  })

  test.each([0, 1, 2, 126, 255])('exit code %i', async (expected) => {
    const { exit } = await runLine(connection, `exit ${expected}`)
    expect(exit).toEqual({ exitCode: expected, signal: null })
  })

  test.each(['TERM', 'KILL', 'SEGV', 'INT'])('signal %s', async (signal) => {
    // sh -c makes it the shell's own end in every login shell; SEGV would otherwise leave a core file.
    const { exit } = await runLine(connection, `ulimit -c 0; exec sh -c 'kill -${signal} $$'`)
    expect(exit).toEqual({ exitCode: null, signal })
  })

  test('5 MB on both streams at once, byte for byte', async () => {
    const line = 'for stream in 1 2; do head -c 5000000 /dev/zero | tr "\\0" $stream >&$stream & done; wait'
    const { exit, stdout, stderr } = await runLine(connection, line)
    expect(exit.exitCode).toBe(0)
    expect([stdout.length, stderr.length]).toEqual([5_000_000, 5_000_000])
    expect([stdout.equals(Buffer.alloc(5_000_000, '1')), stderr.equals(Buffer.alloc(5_000_000, '2'))]).toEqual([
      true,
      true,
    ])
  })

  test('binary output, byte for byte', async () => {
    const program = programPath('ssh-keygen') ?? ''
    const { stdout } = await runLine(connection, `cat ${program}`)
    const digest = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')
    expect(digest(stdout)).toBe(digest(readFileSync(program)))
  })

  test('a line that is too long for Linux is refused before it is sent', async () => {
    const call = runLine(connection, `: ${'x'.repeat(131_072)}`)
    await expect(call).rejects.toEqual(code('TRANSPORT_COMMAND_TOO_LONG', '131071', 'Nothing was run'))
    expect((await runLine(connection, `echo ${'x'.repeat(100_000)}`)).stdout.length).toBe(100_001)
  })

  test('output before the command (start-up files) and odd endings are passed on', async () => {
    const { stdout } = await runLine(connection, `printf 'a\\nb'; printf '\\r\\n\\n'`)
    expect(stdout.toString()).toBe('a\nb\r\n\n')
  })

  test('the connection has TCP_NODELAY and a cipher of the first choice', async () => {
    const { stdout } = await runLine(connection, 'echo "$SSH_CONNECTION"')
    expect(stdout.toString()).toMatch(new RegExp(`^127\\.0\\.0\\.1 \\d+ 127\\.0\\.0\\.1 ${sshd.port}\n$`))
  })

  test('tells how it logged in, and the host key as ssh-keygen prints it', () => {
    expect(connection.facts.hostKeyFingerprint).toBe(sshd.hostKeyFingerprint)
    expect(connection.facts.authenticatedWith).toMatch(/^key key \(SHA256:/)
  })
})

describe.skipIf(!isReal)('host keys of a real sshd', () => {
  let sshd: TestSshd

  beforeAll(async () => {
    sshd = await startSshd({ hostKeyTypes: ['ed25519', 'rsa', 'ecdsa'] })
  })
  afterAll(() => sshd?.stop())

  const connectWith = async (lines: readonly string[], overrides = {}) => {
    const connection = await transportTo(sshd, lines).connect(hostOf(sshd, overrides), never)
    await connection.close()
    return connection.facts.hostKeyFingerprint
  }

  test('an unknown key is refused with its fingerprint and the way out', async () => {
    const error = await connectWith([]).catch((thrown: unknown) => thrown)
    expect(error).toEqual(code('TRANSPORT_HOST_KEY_UNKNOWN', sshd.hostKeyFingerprint, 'Nothing was sent'))
    expect(error).toMatchObject({ next: expect.stringContaining('sshmcp hosts trust web-1') })
  })

  test.each(['ssh-ed25519', 'ssh-rsa', 'ecdsa-sha2-nistp256'])(
    'a host known by its %s key alone is known',
    async (type) => {
      const line = linesOf(sshd.knownHostsFile).filter((known) => known.includes(` ${type} `))
      expect(await connectWith(line)).toMatch(/^SHA256:/)
    },
  )

  test('hashed names, as ssh-keygen -H writes them', async () => {
    const file = join(sshd.folder, 'hashed')
    execFileSync('cp', [sshd.knownHostsFile, file])
    execFileSync('ssh-keygen', ['-H', '-f', file], { stdio: 'pipe' })
    expect(readFileSync(file, 'utf8')).toMatch(/^\|1\|/)
    expect(await connectWith(linesOf(file))).toBe(sshd.hostKeyFingerprint)
  })

  test('a revoked key is refused even when it is also trusted', async () => {
    const lines = linesOf(sshd.knownHostsFile)
    const call = connectWith([...lines, ...lines.map((line) => `@revoked ${line}`)])
    await expect(call).rejects.toEqual(code('TRANSPORT_HOST_KEY_REVOKED', 'revoked in known_hosts line 4'))
  })

  test('a pin decides alone', async () => {
    expect(await connectWith([], { hostKeyFingerprints: [sshd.hostKeyFingerprint] })).toBe(sshd.hostKeyFingerprint)
    const call = connectWith(linesOf(sshd.knownHostsFile), { hostKeyFingerprints: [`SHA256:${'A'.repeat(43)}`] })
    await expect(call).rejects.toEqual(code('TRANSPORT_HOST_KEY_MISMATCH', 'host_key_fingerprints'))
  })

  test('a changed key is refused, and trusted again once a person has trusted it', async () => {
    const old = linesOf(sshd.knownHostsFile)
    await sshd.changeHostKey()
    const error = await connectWith(old).catch((thrown: unknown) => thrown)
    expect(error).toEqual(code('TRANSPORT_HOST_KEY_MISMATCH', sshd.hostKeyFingerprint, 'known_hosts line 1'))
    sshd.trustHostKey()
    expect(await connectWith(linesOf(sshd.knownHostsFile))).toBe(sshd.hostKeyFingerprint)
  })
})

describe.skipIf(!isReal)('logins on a real sshd', () => {
  let sshd: TestSshd

  beforeAll(async () => {
    sshd = await startSshd()
  })
  afterAll(() => sshd?.stop())

  const key = (name: string, type = 'ed25519', passphrase = '') => {
    const path = join(sshd.folder, name)
    makeKey(path, type, passphrase)
    return readFileSync(path, 'utf8')
  }
  const connect = async (keys: Record<string, string>, identityFile: string | undefined, agentSocket?: string) => {
    const transport = transportTo(sshd, linesOf(sshd.knownHostsFile), {
      privateKeys: new MemoryPrivateKeys(keys),
      agentSocket,
    })
    const connection = await transport.connect(hostOf(sshd, { identityFile }), never)
    await connection.close()
    return connection.facts.authenticatedWith
  }

  test('a wrong key is refused, and the error names what was tried and what was not there', async () => {
    const keys = {
      wrong: key('wrong'),
      '~/.ssh/id_ed25519': key('locked', 'ed25519', 'secret'),
      '~/.ssh/id_rsa': 'no key',
    }
    await expect(connect(keys, 'wrong')).rejects.toEqual(
      code(
        'TRANSPORT_AUTH_FAILED',
        `user "${sshd.user}"`,
        'key wrong (SHA256:',
        'refused',
        '~/.ssh/id_ed25519: protected by a passphrase',
        '~/.ssh/id_rsa: not a private key',
        'SSH_AUTH_SOCK is not set',
      ),
    )
  })

  test('a key file that is not there is named', async () => {
    await expect(connect({}, '~/.ssh/nowhere')).rejects.toEqual(
      code('TRANSPORT_AUTH_FAILED', 'no key to offer', '~/.ssh/nowhere: the file is not there'),
    )
  })

  test('an agent that is not there is named', async () => {
    const socket = join(sshd.folder, 'no-agent')
    await expect(connect({}, undefined, socket)).rejects.toEqual(
      code('TRANSPORT_AUTH_FAILED', `agent ${socket} cannot be used`),
    )
  })

  test('identity_file goes before the default keys, which are tried when it is refused', async () => {
    const good = readFileSync(sshd.identityFile, 'utf8')
    expect(await connect({ good, '~/.ssh/id_rsa': key('other') }, 'good')).toMatch(/^key good /)
    expect(await connect({ bad: key('bad'), '~/.ssh/id_rsa': good }, 'bad')).toMatch(/^key ~\/\.ssh\/id_rsa /)
  })

  test.skipIf(!requireReal('ssh-agent', 'ssh-add'))(
    'the agent signs for a key whose file is locked, before its other keys',
    async () => {
      const socket = join(sshd.folder, 'agent')
      const started = execFileSync('ssh-agent', ['-a', socket, '-s'], { encoding: 'utf8' })
      const pid = Number(/SSH_AGENT_PID=(\d+)/.exec(started)?.[1])
      try {
        const env = { ...process.env, SSH_AUTH_SOCK: socket }
        for (const n of [1, 2, 3, 4, 5, 6, 7]) {
          key(`decoy${n}`)
          execFileSync('ssh-add', ['-q', join(sshd.folder, `decoy${n}`)], { env })
        }
        execFileSync('ssh-add', ['-q', sshd.identityFile], { env })
        execFileSync('cp', [sshd.identityFile, join(sshd.folder, 'locked-copy')])
        execFileSync('ssh-keygen', ['-q', '-p', '-N', 'secret', '-f', join(sshd.folder, 'locked-copy')])
        const locked = readFileSync(join(sshd.folder, 'locked-copy'), 'utf8')
        // Seven decoys come first in the agent: sshd would hang up after six refusals.
        expect(await connect({ locked }, 'locked', socket)).toMatch(/^agent key SHA256:/)
        await expect(connect({}, undefined, socket)).rejects.toEqual(
          code('TRANSPORT_AUTH_FAILED', 'agent key', 'refused', '8 keys'),
        )
      } finally {
        process.kill(pid)
      }
    },
  )
})

describe.skipIf(!(isReal && requireThat(isRoot, 'login shells of other accounts need root')))('login shells', () => {
  const ask = { needsServedShell: true }

  test.each(['sh', 'bash', 'zsh', 'fish', 'mksh'].filter((name) => requireReal(name)))('%s is served', async (name) => {
    const sshd = await startSshd({ userShell: programPath(name) ?? name })
    try {
      const connection = await transportTo(sshd, linesOf(sshd.knownHostsFile)).connect(hostOf(sshd), never)
      expect((await runLine(connection, 'echo served', ask)).stdout.toString()).toBe('served\n')
      await connection.close()
    } finally {
      await sshd.stop()
    }
  })

  test.skipIf(!requireReal('csh'))('csh is refused when there are parameters, and runs a line without', async () => {
    const sshd = await startSshd({ userShell: programPath('csh') ?? 'csh' })
    try {
      const connection = await transportTo(sshd, linesOf(sshd.knownHostsFile)).connect(hostOf(sshd), never)
      await expect(runLine(connection, 'echo x', ask)).rejects.toEqual(
        code('TRANSPORT_SHELL_UNSUPPORTED', 'csh', 'Nothing was run'),
      )
      expect((await runLine(connection, 'echo plain')).stdout.toString()).toBe('plain\n')
      await connection.close()
    } finally {
      await sshd.stop()
    }
  })
})

describe.skipIf(!isReal)('a key with a forced command', () => {
  test('runs it once, and its output is passed on whole', async () => {
    const sshd = await startSshd({ keyOptions: 'command="echo forced; exit 5"' })
    try {
      const connection = await transportTo(sshd, linesOf(sshd.knownHostsFile)).connect(hostOf(sshd), never)
      const { exit, stdout } = await runLine(connection, 'echo asked')
      expect([exit.exitCode, stdout.toString()]).toEqual([5, 'forced\n'])
      await expect(runLine(connection, 'x', { needsServedShell: true })).rejects.toEqual(
        code('TRANSPORT_SHELL_UNSUPPORTED'),
      )
      await connection.close()
    } finally {
      await sshd.stop()
    }
  })
})
