import { execFile } from 'node:child_process'
import { generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import {
  createEphemeralIdentity,
  createMint,
  formatPublicKeyLine,
  generateCaKey,
  memorySigner,
  publicKeyOf,
} from '@sshmcp/ca'
import { type Host, parseUserId, systemClock } from '@sshmcp/kernel'
import { plainShell } from '../test/support/accounts.ts'
import { runLine } from '../test/support/collect.ts'
import { hostOf, linesOf, transportTo } from '../test/support/real-transport.ts'
import { startSshd } from '../test/support/sshd.ts'
import { compare, printMedians, printRatio } from './measure.ts'

const runFile = promisify(execFile)

/** A server that is asked for a certificate has issued some before: the compiler has seen the code. */
const atOnce = 20

export const run = async (): Promise<void> => {
  await issuing()
  await loggingIn()
}

/** A login with a key and a certificate made for it, beside a login with a key that the host knows: one sshd, in turns. */
async function loggingIn(): Promise<void> {
  const ca = generateCaKey()
  const mint = createMint({ signer: memorySigner(ca), clock: systemClock })
  const folder = mkdtempSync(join(tmpdir(), 'sshmcp-bench-login-'))
  writeFileSync(join(folder, 'ca.pub'), `${formatPublicKeyLine(ca.publicKey)}\n`)
  const sshd = await startSshd({ ...plainShell, config: [`TrustedUserCAKeys ${join(folder, 'ca.pub')}`] })
  const signal = new AbortController().signal
  const reason = { userId: parseUserId('alice'), requestId: 'op_1', approvalId: 'apr_1', tool: 'run_ssh_command' }
  const transport = transportTo(sshd, linesOf(sshd.knownHostsFile), {
    prepareIdentity: async (host) => async (terms, within) => {
      const about = { reason, principal: host.sshUser, ...terms }
      const login = await createEphemeralIdentity(mint, about, async () => {}, within)
      return { login, serial: login.certificate.serial.toString(), keyId: login.keyId }
    },
  })
  const login = async (host: Host) => (await transport.connect(host, signal, reason)).close()
  const certified = hostOf(sshd, { certificate: { mode: 'per_connection', principal: undefined, sourceAddresses: [] } })
  const mode = 'per_command'
  const oneByOne = hostOf(sshd, { certificate: { mode, principal: undefined, sourceAddresses: [] } })
  const command = async (host: Host) => {
    const connection = await transport.connect(host, signal, { ...reason, line: 'true' })
    await runLine(connection, 'true')
    await connection.close()
  }
  try {
    const medians = await compare({
      rounds: 40,
      subjects: {
        'login with a plain key': () => login(hostOf(sshd)),
        'login with a certificate': () => login(certified),
        'the same, and a command': () => command(certified),
        'one command, certified': () => command(oneByOne),
      },
    })
    printMedians(medians)
    const ratio = medians['login with a certificate'] / medians['login with a plain key']
    printRatio('a certificate login to a plain key login', ratio, 1.3)
  } finally {
    await sshd.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Issuing, self-check included, beside a process of ssh-keygen that signs the same and checks nothing. */
async function issuing(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'sshmcp-bench-ca-'))
  try {
    const mint = createMint({ signer: memorySigner(generateCaKey()), clock: systemClock })
    const subject = publicKeyOf(generateKeyPairSync('ed25519').publicKey)
    const file = (name: string) => join(folder, name)
    await runFile('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', file('ca')])
    writeFileSync(file('key.pub'), `${formatPublicKeyLine(subject)}\n`)
    const signal = new AbortController().signal
    const reason = { userId: 'alice', requestId: 'op_1', approvalId: 'apr_1', tool: 'run_ssh_command' }
    const about = { reason, principal: 'deploy', sourceAddresses: ['192.0.2.7'] }
    const medians = await compare({
      rounds: 200,
      subjects: {
        'issue, 20 times': async () => {
          for (let at = 0; at < atOnce; at++) {
            await mint.issue({ subject, keyId: 'k', principals: ['deploy'], ttlSeconds: 300 }, signal)
          }
        },
        'fresh key and certificate, 20 times': async () => {
          for (let at = 0; at < atOnce; at++) await createEphemeralIdentity(mint, about, async () => {}, signal)
        },
        'ssh-keygen -s': async () => {
          const sign = ['-q', '-s', file('ca'), '-I', 'k', '-n', 'deploy', '-z', '1', '-V', '-1m:+5m']
          await runFile('ssh-keygen', [...sign, file('key.pub')])
        },
      },
    })
    printMedians(medians)
    const ratio = (medians['ssh-keygen -s'] * atOnce) / medians['issue, 20 times']
    printRatio('issuing, times faster than ssh-keygen -s', ratio, { atLeast: 50 })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
