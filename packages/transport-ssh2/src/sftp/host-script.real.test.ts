import { execFileSync, type StdioOptions } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  appendFileSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { programPath, requireReal } from '../../../../test/support/require-real.ts'
import { placingScript, readingScript, removingScript, saidBy, scriptLine } from './host-script.ts'

const word = 'our-word'
const names = ['plain', '-r', "it's", 'with space\n', '$(touch broken)', 'ünï']
const sha256 = (content: string): string => createHash('sha256').update(content).digest('hex')

/** What a host has to run the scripts with: fills a folder that is the whole PATH. */
const kinds: readonly (readonly [string, (programs: string) => void])[] = [
  ['GNU programs and openssl', (programs) => install(programs, ['openssl', 'head', 'ls', 'mv', 'ln', 'rm', 'sh'])],
  ['GNU programs alone', (programs) => install(programs, ['sha256sum', 'head', 'ls', 'mv', 'ln', 'rm', 'sh'])],
  ['BusyBox alone', (programs) => void execFileSync('busybox', ['--install', '-s', programs])],
]

function install(programs: string, wanted: readonly string[]): void {
  for (const name of wanted) {
    const path = programPath(name)
    if (path === undefined) throw new Error(`no ${name} on this machine`)
    symlinkSync(path, join(programs, name))
  }
}

describe.skipIf(!requireReal('busybox', 'openssl')).each(kinds)('the scripts of a host with %s', (_, fill) => {
  let base: string
  let programs: string
  let folder: string

  const run = (input: Buffer, path = programs): string | undefined => {
    const stdio: StdioOptions = ['pipe', 'pipe', 'ignore']
    return saidBy(execFileSync(join(programs, scriptLine), { input, env: { PATH: path }, stdio }).toString(), word)
  }
  const at = (name: string) => ({ folder: Buffer.from(folder), name: Buffer.from(name) })
  const put = (name: string, content: string): void => writeFileSync(join(folder, name), content)
  const wish = (content: string, replace: boolean) => ({ length: content.length, sha256: sha256(content), replace })
  const place = (content: string, replace = false) =>
    run(placingScript(at('.part'), Buffer.from('new'), wish(content, replace), word))

  beforeAll(() => {
    base = realpathSync(mkdtempSync(join(tmpdir(), 'sshmcp-scripts-')))
    programs = join(base, 'programs')
    mkdirSync(programs)
    fill(programs)
  })
  beforeEach(() => {
    folder = mkdtempSync(join(base, 'files-'))
  })
  afterAll(() => rmSync(base, { recursive: true, force: true }))

  test.each(names)('read %j: all of it, its first bytes, and more than there is', (name) => {
    put(name, 'some content')
    linkSync(join(folder, name), join(folder, 'second'))
    expect(run(readingScript(at(name), 12, word))).toBe(`2 ${sha256('some content')}`)
    expect(run(readingScript(at(name), 4, word))).toBe(`2 ${sha256('some')}`)
    expect(run(readingScript(at(name), 99, word))).toBe(`2 ${sha256('some content')}`)
    expect(readdirSync(folder)).toHaveLength(2)
  })

  test('read an empty file', () => {
    put('empty', '')
    expect(run(readingScript(at('empty'), 0, word))).toBe(`1 ${sha256('')}`)
  })

  test('read the first bytes of a file that grows while it is hashed', () => {
    put('log', 'some')
    const growing = mkdtempSync(join(base, 'growing-'))
    for (const name of readdirSync(programs)) symlinkSync(join(programs, name), join(growing, name))
    const hash = readdirSync(programs).includes('openssl') ? 'openssl' : 'sha256sum'
    rmSync(join(growing, hash))
    const grow = `#!${join(programs, 'sh')}\necho grown >>'${join(folder, 'log')}'\nexec '${join(programs, hash)}' "$@"\n`
    writeFileSync(join(growing, hash), grow, { mode: 0o755 })
    expect(run(readingScript(at('log'), 4, word), growing)).toBe(`1 ${sha256('some')}`)
    expect(readFileSync(join(folder, 'log'), 'utf8')).toBe('somegrown\ngrown\n')
  })

  test('read no link and no folder, and nothing where the folder is a link', () => {
    put('file', 'x')
    symlinkSync('file', join(folder, 'link'))
    symlinkSync(folder, join(base, `to-${folder.slice(-6)}`))
    expect(run(readingScript(at('link'), 1, word))).toBe('elsewhere')
    expect(run(readingScript(at('.'), 1, word))).toBe('elsewhere')
    const throughLink = { folder: Buffer.from(join(base, `to-${folder.slice(-6)}`)), name: Buffer.from('file') }
    expect(run(readingScript(throughLink, 1, word))).toBe('elsewhere')
  })

  test('place what is whole, and nothing else', () => {
    put('.part', 'content')
    expect(place('kontent')).toBe('different')
    expect(readdirSync(folder)).toEqual(['.part'])
    expect(place('content')).toBe('placed')
    expect(readdirSync(folder)).toEqual(['new'])
    put('.part', 'other')
    expect(place('other')).toBe('exists')
    expect(readFileSync(join(folder, 'new'), 'utf8')).toBe('content')
    expect(place('other', true)).toBe('placed')
    expect(readFileSync(join(folder, 'new'), 'utf8')).toBe('other')
  })

  test('place nothing that has grown or has a second name, and nothing over a link', () => {
    put('.part', 'content')
    linkSync(join(folder, '.part'), join(folder, 'second'))
    expect(place('content')).toBe('different')
    rmSync(join(folder, 'second'))
    appendFileSync(join(folder, '.part'), ' and more')
    expect(place('content')).toBe('different')
    put('.part', 'content')
    symlinkSync('elsewhere', join(folder, 'new'))
    expect(place('content', true)).toBe('exists')
  })

  test.each(names)('remove %j, and neither a folder nor what a link leads to', (name) => {
    put(name, 'x')
    symlinkSync(name, join(folder, 'link'))
    mkdirSync(join(folder, 'sub'))
    expect(run(removingScript(at('link'), word))).toBe('removed')
    expect(run(removingScript(at('sub'), word))).toBe('elsewhere')
    expect(run(removingScript(at(name), word))).toBe('removed')
    expect(readdirSync(folder)).toEqual(['sub'])
  })
})
