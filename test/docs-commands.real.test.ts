import { execFileSync } from 'node:child_process'
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { repository } from './repository.ts'
import { plainShell } from './support/accounts.ts'
import { requireReal } from './support/require-real.ts'
import { startSshd, type TestSshd } from './support/sshd.ts'

/** Pages whose commands are run, each as a newcomer would, from top to bottom. The first makes a host; the others find it. */
const pages = ['getting-started', 'templates-cookbook', 'security', 'journal', 'moving', 'certificates'] as const

/** What needs a passphrase, a password or the network; everything else runs. */
const byHand = [
  'ssh-keygen -t ed25519\nssh-copy-id deploy@192.168.1.10\nssh-add ~/.ssh/id_ed25519',
  'npm install --global @sshmcp/cli',
  'sshmcp ca init',
  'sshmcp ca unlock --for 8h',
  'sshmcp ca bootstrap web-1 | ssh root@192.168.1.10 sh',
  [
    "sshmcp ca krl | ssh root@192.168.1.10 'cd /etc/ssh && cat > sshmcp_revoked.new && test -s sshmcp_revoked.new &&",
    "  ssh-keygen -Qf sshmcp_revoked.new sshmcp_user_ca.pub && mv sshmcp_revoked.new sshmcp_revoked'",
  ].join('\n'),
]

interface Block {
  readonly page: string
  readonly how: string
  readonly code: string
}

const blocks: readonly Block[] = pages.flatMap((page) => {
  const text = readFileSync(join(repository, 'docs', `${page}.md`), 'utf8')
  return [...text.matchAll(/^```sh ?(.*)\n([\s\S]*?)\n```$/gm)].map(([, how = '', code = '']) => ({ page, how, code }))
})

test('only what needs a hand is left out', () => {
  expect(blocks.filter(({ how }) => how === 'by-hand').map(({ code }) => code)).toEqual(byHand)
  expect([...new Set(blocks.map(({ how }) => how))].sort()).toEqual(['', 'by-hand', 'terminal'])
})

describe.skipIf(!requireReal('sshd', 'ssh-keygen', 'script'))('each command of the docs', () => {
  let home = ''
  let sshd: TestSshd
  beforeAll(async () => {
    sshd = await startSshd(plainShell)
    home = mkdtempSync(join(tmpdir(), 'sshmcp-docs-'))
    const bin = join(home, 'bin')
    mkdirSync(bin)
    const program = join(bin, 'sshmcp')
    writeFileSync(
      program,
      `#!/bin/sh\nexec '${process.execPath}' '${join(repository, 'apps/cli/dist/index.js')}' "$@"\n`,
    )
    chmodSync(program, 0o755)
    mkdirSync(join(home, '.ssh'), { mode: 0o700 })
    cpSync(sshd.identityFile, join(home, '.ssh/id_ed25519'))
  }, 30_000)
  afterAll(async () => {
    await sshd?.stop()
    rmSync(home, { recursive: true, force: true })
  })

  const run = ({ code, how }: Block): string => {
    const here = code.replaceAll('deploy@192.168.1.10', `${sshd.user}@127.0.0.1:${sshd.port}`)
    const words = how === 'terminal' ? ['script', '-qec', here, '/dev/null'] : ['sh', '-euc', here]
    const [program = '', ...args] = words
    const env = { PATH: `${home}/bin:/usr/bin:/bin`, HOME: home, SHELL: '/bin/sh' }
    return execFileSync(program, args, { env, input: 'yes\n', encoding: 'utf8', stdio: ['pipe', 'pipe', 'pipe'] })
  }

  test.each(blocks.filter(({ how }) => how !== 'by-hand'))('$page: $code', (block) => {
    expect(run(block)).not.toBe('')
  })

  test('the templates of the cookbook are good templates', () => {
    const text = readFileSync(join(repository, 'docs/templates-cookbook.md'), 'utf8')
    const templates = [...text.matchAll(/^```json\n([\s\S]*?)\n```$/gm)].map(([, json = '']) => JSON.parse(json))
    expect(templates.length).toBeGreaterThan(2)
    const file = join(home, 'cookbook.json')
    writeFileSync(file, JSON.stringify(templates))
    expect(run({ page: '', how: '', code: `sshmcp templates lint '${file}'` })).not.toBe('')
  })
})
