import { execFileSync } from 'node:child_process'
import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { repository } from './repository.ts'

const lines = readFileSync(join(repository, 'deploy/Dockerfile'), 'utf8').replaceAll('\\\n', ' ').split('\n')
const after = (word: string): readonly string[] =>
  lines.filter((line) => line.startsWith(`${word} `)).map((line) => line.slice(word.length + 1).trim())

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sshmcp-image-'))
  for (const app of ['cli', 'http-server'])
    execFileSync('pnpm', ['pack', '--pack-destination', folder], { cwd: join(repository, 'apps', app), stdio: 'pipe' })
}, 120_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('what the image copies is packed, and what it installs starts', () => {
  const sources = after('COPY')
    .filter((copy) => !copy.startsWith('--from='))
    .flatMap((copy) => copy.split(' ').slice(0, -1))
  expect(sources.length).toBeGreaterThan(0)
  const copied = sources.map((source) => globSync(source, { cwd: folder }))
  expect(copied.map((files) => files.length)).toEqual(sources.map(() => 1))

  const install = after('RUN').find((run) => run.startsWith('npm install')) ?? ''
  const prefix = join(folder, 'opt')
  const words = install.replace('/opt/sshmcp', prefix).replace('./*.tgz', '').trim().split(/ +/).slice(1)
  const tarballs = copied.flat().map((file) => `./${file}`)
  execFileSync('npm', [...words, '--prefer-offline', ...tarballs], { cwd: folder, stdio: 'pipe' })

  const [program = '', entry = ''] = (after('ENTRYPOINT')[0] ?? '').match(/[^"[\],\s]+/g) ?? []
  expect(program).toBe('node')
  const version = execFileSync(process.execPath, [entry.replace('/opt/sshmcp', prefix), '--version'], {
    encoding: 'utf8',
  })
  expect(version).toMatch(/^\d+\.\d+\.\d+\n$/)
}, 120_000)

test('it runs as nobody in particular', () => {
  expect(after('USER').at(-1)).toMatch(/^[1-9]\d*:[1-9]\d*$/)
  expect(lines.findIndex((line) => line.startsWith('USER '))).toBeGreaterThan(
    lines.findLastIndex((line) => line.startsWith('RUN ')),
  )
})
