import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { repository } from './repository.ts'
import { requireReal, requireThat } from './support/require-real.ts'

/** What Debian 12 has; for Linux npm has it as a package of its own, without a script to run at installation. */
const oldNode = '18.20.8'

const isReal = requireThat(process.platform === 'linux', 'needs Linux') && requireReal('npm')

describe.skipIf(!isReal)('on a Node that is too old', () => {
  let folder = ''
  let node = ''
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'sshmcp-old-node-'))
    writeFileSync(join(folder, 'package.json'), '{ "private": true }')
    const name = `node-linux-${process.arch}`
    const quiet = ['--no-audit', '--no-fund', '--prefer-offline', '--ignore-scripts', '--no-save']
    execFileSync('npm', ['install', ...quiet, `${name}@${oldNode}`], { cwd: folder, stdio: 'pipe' })
    node = join(folder, 'node_modules', name, 'bin/node')
    expect(execFileSync(node, ['--version'], { encoding: 'utf8' })).toBe(`v${oldNode}\n`)
  }, 300_000)
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  test.each([
    ['cli', ['init', '--yes']],
    ['cli', []],
    ['stdio-server', []],
    ['http-server', ['--dev']],
  ])('the built %s with %j says which one it needs, and nothing else', (app, args) => {
    const program = join(repository, 'apps', app, 'dist/index.js')
    const { status, stdout, stderr } = spawnSync(node, [program, ...args], {
      env: { PATH: '/usr/bin:/bin', HOME: folder },
      input: '',
      encoding: 'utf8',
    })
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
    expect(stderr.trimEnd().split('\n')).toEqual([
      expect.stringMatching(/^Node 18\.20\.8 \(.+\) is too old: sshmcp needs Node 20\.19 or newer\.$/),
      expect.stringContaining('sshmcp mcp-config EDITOR --write'),
    ])
  })
})
