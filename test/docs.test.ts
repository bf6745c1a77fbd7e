import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import config from '../vitest.config.ts'
import { requirements } from './e2e/requirements.ts'
import { expectTest } from './e2e/shown-by.ts'
import { repository } from './repository.ts'

const read = (path: string): string => readFileSync(join(repository, path), 'utf8')
const pages = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.md'], {
  cwd: repository,
  encoding: 'utf8',
})
  .trim()
  .split('\n')
  .filter((path) => !path.startsWith('.changeset/') && existsSync(join(repository, path)))

describe('the promises of the README', () => {
  const [, listed = ''] = read('README.md').split(/<!-- \/?promises -->\n/)

  test('are those that tests hold, word for word', () => {
    const promises = listed
      .trim()
      .split('\n')
      .map((line) => line.replace(/^- /, ''))
    expect(promises).toEqual(requirements.map(({ promise }) => promise))
  })

  test.each(requirements)('$promise', ({ heldBy }) => {
    expect(heldBy).not.toEqual([])
    for (const place of heldBy) expectTest(place)
  })
})

test('the README tells how much of the code the fast tests run, and what CI holds them to', () => {
  const [, told = '', least = ''] = /run (\d+) % of the lines[\s\S]*?fails below (\d+) %/.exec(read('README.md')) ?? []
  expect(config.test?.coverage).toMatchObject({ thresholds: { lines: Number(least) } })
  expect([0, 1]).toContain(Number(told) - Number(least))
  expect(read('.ci/run')).toContain('test --coverage')
})

test('docs/adding-a-tool.md shows the tool and its test as they are', () => {
  const page = read('docs/adding-a-tool.md')
  for (const file of ['ssh-session-ping.ts', 'ssh-session-ping.test.ts']) {
    expect(page).toContain(`\`\`\`ts\n${read(`packages/tools/src/catalog/${file}`)}\`\`\``)
  }
})

test.each(pages)('%s tells the editor of one person what it told init', (page) => {
  const text = read(page)
  if (!text.includes('sshmcp init --one-person')) return
  const written = [...text.matchAll(/sshmcp mcp-config (?:vscode|claude|cursor)[^\n`]*--write/g)].map(([line]) => line)
  expect(written.filter((line) => !line.includes('--one-person') && !line.includes('--url'))).toEqual([])
})

test.each(pages)('%s links to what is there', (page) => {
  const links = [...read(page).matchAll(/\]\((?!https?:|mailto:|vscode:|cursor:|#)([^)#\s]+)/g)]
  const missing = links
    .map(([, path = '']) => path)
    .filter((path) => !existsSync(join(repository, dirname(page), path)))
  expect(missing).toEqual([])
})
