import { execFileSync } from 'node:child_process'
import {
  chownSync,
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseUserId, randomIds } from '@sshmcp/kernel'
import type { LocalFiles } from '@sshmcp/transport'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createFileLocalFiles } from './file-local-files.ts'

const never = new AbortController().signal
let outside: string
let root: string
let files: LocalFiles

beforeEach(() => {
  outside = realpathSync(mkdtempSync(join(tmpdir(), 'sshmcp-local-')))
  root = join(outside, 'transfers')
  mkdirSync(root, { mode: 0o700 })
  writeFileSync(join(outside, 'secret'), 'the secret', { mode: 0o600 })
  writeFileSync(join(root, 'mine'), 'my words', { mode: 0o600 })
  files = createFileLocalFiles({ transferDir: root, ids: randomIds }, undefined)
})
afterEach(() => rmSync(outside, { recursive: true }))

async function read(path: string): Promise<string> {
  const source = await files.openRead(path)
  const parts: Uint8Array[] = []
  for await (const part of source.read(never)) parts.push(part)
  await source.close()
  return Buffer.concat(parts).toString()
}

async function write(path: string, text: string, replace = false): Promise<string> {
  const target = await files.create(path, replace)
  try {
    await target.write([Buffer.from(text)])
    let again = ''
    for await (const part of target.readBack(never)) again += Buffer.from(part).toString()
    expect(again).toBe(text)
    await target.finish()
    return target.path
  } finally {
    await target.discard()
  }
}

test('reads a file by its relative and by its absolute path', async () => {
  expect([await read('mine'), await read(join(root, 'mine'))]).toEqual(['my words', 'my words'])
})

test('writes a file that only we can read, in folders that it makes', async () => {
  expect(await write('a/b/new', 'text')).toBe(join(root, 'a/b/new'))
  expect(readFileSync(join(root, 'a/b/new'), 'utf8')).toBe('text')
  expect([statSync(join(root, 'a/b/new')).mode & 0o777, statSync(join(root, 'a')).mode & 0o777]).toEqual([0o600, 0o700])
  expect(readdirSync(join(root, 'a/b'))).toEqual(['new'])
})

test('an empty file is a file', async () => {
  await write('empty', '')
  expect(await read('empty')).toBe('')
})

test('a name with anything in it but a slash is one name', async () => {
  for (const name of ['-rf', 'two words', 'line\nbreak', 'ünï 😀', '...', "it's"]) {
    await write(name, name)
    expect(await read(name)).toBe(name)
  }
})

test('replaces only when asked to, and nobody’s file that came meanwhile', async () => {
  await expect(write('mine', 'new')).rejects.toMatchObject({ code: 'LOCAL_EXISTS' })
  expect(await read('mine')).toBe('my words')
  await write('mine', 'new', true)
  expect(await read('mine')).toBe('new')
  const target = await files.create('later', false)
  await target.write([Buffer.from('ours')])
  writeFileSync(join(root, 'later'), 'theirs')
  await expect(target.finish()).rejects.toMatchObject({ code: 'LOCAL_EXISTS' })
  await target.discard()
  expect(readFileSync(join(root, 'later'), 'utf8')).toBe('theirs')
  expect(readdirSync(root).sort()).toEqual(['later', 'mine'])
})

test('what is discarded leaves nothing', async () => {
  const target = await files.create('never', false)
  await target.write([Buffer.from('x')])
  await target.discard()
  await target.discard()
  expect(readdirSync(root)).toEqual(['mine'])
})

test('what is not there is told as that', async () => {
  await expect(files.openRead('none')).rejects.toMatchObject({ code: 'LOCAL_NOT_FOUND' })
  await expect(files.openRead('no/folder')).rejects.toMatchObject({ code: 'LOCAL_NOT_FOUND' })
})

describe('leads nowhere else', () => {
  const forbidden = { code: 'LOCAL_PATH_FORBIDDEN' }
  const both = async (path: string): Promise<void> => {
    await expect(files.openRead(path)).rejects.toMatchObject(forbidden)
    await expect(write(path, 'x', true)).rejects.toMatchObject(forbidden)
    expect(readFileSync(join(outside, 'secret'), 'utf8')).toBe('the secret')
    expect(existsSync(join(outside, 'new'))).toBe(false)
  }

  test.each(['../secret', 'a/../../secret', './mine', 'a//b', '', 'a/', '/', '/etc/passwd', 'a\0b', '..'])(
    '%j',
    (path) => both(path),
  )

  test('an absolute path to a neighbour, or through dots', async () => {
    mkdirSync(`${root}-other`)
    writeFileSync(join(`${root}-other`, 'x'), 'x')
    await both(join(`${root}-other`, 'x'))
    await both(`${root}/../secret`)
  })

  test('a link, at the end and on the way', async () => {
    symlinkSync(join(outside, 'secret'), join(root, 'link'))
    symlinkSync(outside, join(root, 'away'))
    await both('link')
    await both('away/secret')
    await both('away/new')
  })

  test('a dangling link is not written through', async () => {
    symlinkSync(join(outside, 'new'), join(root, 'dangling'))
    await both('dangling')
  })

  test('a hard link', async () => {
    linkSync(join(outside, 'secret'), join(root, 'hard'))
    await expect(files.openRead('hard')).rejects.toMatchObject(forbidden)
    // Replacing takes the name away and leaves the other file as it is.
    await write('hard', 'x', true)
    expect(readFileSync(join(outside, 'secret'), 'utf8')).toBe('the secret')
  })

  test('a FIFO, which must not make us wait, and a folder', async () => {
    execFileSync('mkfifo', [join(root, 'fifo')])
    mkdirSync(join(root, 'folder'))
    await both('fifo')
    await both('folder')
  })

  test.runIf(process.getuid?.() === 0)('somebody else’s file or folder', async () => {
    writeFileSync(join(root, 'theirs'), 'x')
    chownSync(join(root, 'theirs'), 12_345, 12_345)
    mkdirSync(join(root, 'their-folder'))
    writeFileSync(join(root, 'their-folder', 'x'), 'x')
    chownSync(join(root, 'their-folder'), 12_345, 12_345)
    await both('theirs')
    await both('their-folder/x')
  })

  test('a folder that is swapped for a link while a file is written', async () => {
    const target = await files.create('sub/new', false)
    await target.write([Buffer.from('x')])
    renameSync(join(root, 'sub'), join(root, 'moved'))
    symlinkSync(outside, join(root, 'sub'))
    await expect(target.finish()).rejects.toMatchObject({ code: 'LOCAL_FAILED' })
    await target.discard()
    expect(readdirSync(outside).sort()).toEqual(['secret', 'transfers'])
  })

  test('another identity’s folder', async () => {
    const of = (name: string) => createFileLocalFiles({ transferDir: root, ids: randomIds }, parseUserId(name))
    const bobs = await of('bob').create('x', false)
    await bobs.write([Buffer.from('x')])
    await bobs.finish()
    expect(bobs.path).toBe(join(root, 'bob', 'x'))
    for (const path of ['../bob/x', bobs.path, join(root, 'alice', '..', 'bob', 'x'), '../mine']) {
      await expect(of('alice').openRead(path)).rejects.toMatchObject(forbidden)
    }
  })

  test('a transfer folder that is itself a link', async () => {
    symlinkSync(root, join(outside, 'linked'))
    const linked = createFileLocalFiles({ transferDir: join(outside, 'linked'), ids: randomIds }, undefined)
    await expect(linked.openRead('mine')).rejects.toMatchObject({ code: 'STORE_PATH_UNSAFE' })
  })
})

test('a full disk is told as one, and leaves nothing', async () => {
  const target = await files.create('big', false)
  const full = Object.assign(new Error('ENOSPC'), { code: 'ENOSPC' })
  const chunk = {
    get length(): number {
      throw full
    },
  }
  await expect(Reflect.apply(target.write, target, [[chunk]])).rejects.toMatchObject({ code: 'LOCAL_NO_SPACE' })
  await target.discard()
  expect(readdirSync(root)).toEqual(['mine'])
})
