import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { addKnownHost, createFileKnownHosts } from './file-known-hosts.ts'
import { createFilePrivateKeys } from './file-private-keys.ts'
import { readSshConfigFiles } from './file-ssh-config.ts'

let home: string

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'sshmcp-home-'))
  mkdirSync(join(home, '.ssh'))
})
afterEach(() => rmSync(home, { recursive: true, force: true }))

describe('known_hosts files', () => {
  test('are read in order, those that are not there left out', async () => {
    writeFileSync(join(home, '.ssh/known_hosts'), 'a\n')
    writeFileSync(join(home, 'second'), 'b\n')
    const files = ['~/.ssh/known_hosts', '~/.ssh/known_hosts2', '~/.ssh/known_hosts/below-a-file', join(home, 'second')]
    expect(await createFileKnownHosts({ files, home }).read()).toEqual([
      { path: '~/.ssh/known_hosts', text: 'a\n' },
      { path: '~/second', text: 'b\n' },
    ])
  })

  test('that cannot be read let no host be trusted', async () => {
    mkdirSync(join(home, '.ssh/known_hosts'))
    const knownHosts = createFileKnownHosts({ files: ['~/.ssh/known_hosts'], home })
    await expect(knownHosts.read()).rejects.toMatchObject({
      code: 'TRANSPORT_KNOWN_HOSTS_UNREADABLE',
      message: '~/.ssh/known_hosts cannot be read (EISDIR), so no host key can be trusted.',
    })
  })

  test('take a line once, after a last line without an end', async () => {
    const file = join(home, '.ssh/known_hosts')
    writeFileSync(file, 'old')
    expect(await addKnownHost('~/.ssh/known_hosts', 'new', home)).toBe(true)
    expect(await addKnownHost('~/.ssh/known_hosts', 'new', home)).toBe(false)
    expect(readFileSync(file, 'utf8')).toBe('old\nnew\n')
  })

  test('are made when they are not there', async () => {
    expect(await addKnownHost('~/new-folder/known_hosts', 'line', home)).toBe(true)
    expect(readFileSync(join(home, 'new-folder/known_hosts'), 'utf8')).toBe('line\n')
  })
})

describe('private key files', () => {
  function put(name: string, mode = 0o600, text = 'KEY'): void {
    writeFileSync(join(home, '.ssh', name), text)
    chmodSync(join(home, '.ssh', name), mode)
  }

  test('are found by name, with the home folder put in, and print nothing of themselves', async () => {
    put('mine')
    const file = await createFilePrivateKeys({ home }).named('~/.ssh/mine')
    expect(file).toMatchObject({ path: '~/.ssh/mine', found: true })
    expect(file.found && file.text.reveal()).toBe('KEY')
    expect(JSON.stringify(file)).not.toContain('KEY')
  })

  test.each([
    ['missing', () => {}, 'the file is not there'],
    ['readable', () => put('readable', 0o644), 'others can read it (mode 644); chmod 600 mends that'],
    ['half.pub', () => put('half.pub', 0o644), 'the public half of a key; the private one has no .pub at its end'],
    ['folder', () => mkdirSync(join(home, '.ssh/folder')), 'not a plain file'],
    ['long', () => put('long', 0o600, 'x'.repeat(65_537)), 'too long to be a private key'],
  ])('say why one does not count: %s', async (name, prepare, why) => {
    prepare()
    expect(await createFilePrivateKeys({ home }).named(`~/.ssh/${name}`)).toEqual({
      path: `~/.ssh/${name}`,
      found: false,
      why,
    })
  })

  test('by default are those that exist, in the order of OpenSSH', async () => {
    put('id_rsa')
    put('id_ed25519', 0o640)
    const found = await createFilePrivateKeys({ home }).defaults()
    expect(found.map(({ path, found }) => [path, found])).toEqual([
      ['~/.ssh/id_ed25519', false],
      ['~/.ssh/id_rsa', true],
    ])
  })
})

describe('included configuration files', () => {
  test('are those of ~/.ssh that the pattern names, sorted, hidden ones only when asked for', () => {
    mkdirSync(join(home, '.ssh/conf.d/folder.conf'), { recursive: true })
    for (const name of ['b.conf', 'a.conf', '.hidden.conf', 'other'])
      writeFileSync(join(home, '.ssh/conf.d', name), name)
    const read = (pattern: string) => readSshConfigFiles(pattern, home).map(({ path, text }) => [path, text])
    expect(read('conf.d/*.conf')).toEqual([
      ['~/.ssh/conf.d/a.conf', 'a.conf'],
      ['~/.ssh/conf.d/b.conf', 'b.conf'],
    ])
    expect(read('~/.ssh/conf.d/other')).toEqual([['~/.ssh/conf.d/other', 'other']])
    expect([read('nowhere/*'), read('nowhere/file')]).toEqual([[], []])
  })
})
