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
import { systemClock } from '@sshmcp/kernel'
import { compare, printMedians, printRatio } from './measure.ts'

const runFile = promisify(execFile)

/** A server that is asked for a certificate has issued some before: the compiler has seen the code. */
const atOnce = 20

/** Issuing, self-check included, beside a process of ssh-keygen that signs the same and checks nothing. */
export const run = async (): Promise<void> => {
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
