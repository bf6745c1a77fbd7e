import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { requireReal } from '../../../test/support/require-real.ts'
import { fingerprint } from './host-key.ts'
import { knowledgeOf } from './known-hosts.ts'

describe.skipIf(!requireReal('ssh-keygen'))('against ssh-keygen', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sshmcp-known-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  test('finds the same lines as ssh-keygen -F, plain and hashed', () => {
    const keyPath = join(folder, 'key')
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', keyPath])
    const publicKey = readFileSync(`${keyPath}.pub`, 'utf8').split(' ').slice(0, 2).join(' ')
    const names = ['web', 'web.example.org', 'db', '10.0.0.1', '[web]:2222', '2001:db8::1', '[2001:db8::1]:2222', 'x']
    const patterns = [
      ...names,
      'web,db',
      '*.example.org',
      'w?b',
      '*,!db',
      '*.example.org,!web.*',
      '[*]:2222',
      '*',
      '10.0.0.*',
    ]
    for (const pattern of patterns) {
      for (const isHashed of [false, true]) {
        const file = join(folder, 'known_hosts')
        writeFileSync(file, `${pattern} ${publicKey}\n`)
        // ssh-keygen leaves patterns alone when it hashes.
        if (isHashed) execFileSync('ssh-keygen', ['-q', '-H', '-f', file], { stdio: 'pipe' })
        const text = readFileSync(file, 'utf8')
        for (const name of names) {
          const theirs = spawnSync('ssh-keygen', ['-F', name, '-f', file], { stdio: 'pipe' }).status === 0
          const [, bracketed, port] = /^\[(.*)\]:(\d+)$/.exec(name) ?? []
          // ssh tries the bare name too where a line for the port is missing; ssh-keygen looks for the very name.
          const bare = bracketed === undefined ? false : found(text, bracketed, 22)
          const ours = found(text, bracketed ?? name, Number(port ?? 22))
          expect([pattern, isHashed, name, ours]).toEqual([pattern, isHashed, name, theirs || bare])
        }
      }
    }
  })

  test('prints fingerprints as ssh-keygen -l does', () => {
    for (const type of ['ed25519', 'rsa', 'ecdsa']) {
      const path = join(folder, `of-${type}`)
      execFileSync('ssh-keygen', ['-q', '-t', type, '-N', '', '-f', path])
      const blob = Buffer.from(readFileSync(`${path}.pub`, 'utf8').split(' ')[1] ?? '', 'base64')
      expect(execFileSync('ssh-keygen', ['-lf', `${path}.pub`], { encoding: 'utf8' })).toContain(
        ` ${fingerprint(blob)} `,
      )
    }
  })
})

function found(text: string, hostname: string, port: number): boolean {
  return knowledgeOf([{ path: 'file', text }], hostname, port).trusted.length > 0
}
