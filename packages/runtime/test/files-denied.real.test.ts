import {
  chmodSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import type { Reply } from '@sshmcp/pipeline'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { plainShell } from '../../../test/support/accounts.ts'
import { type FilesScene, filesScene } from '../../../test/support/files-scene.ts'
import { requireReal } from '../../../test/support/require-real.ts'
import { startSshd, type TestSshd } from '../../../test/support/sshd.ts'

const codeOf = (reply: Reply): string => (reply.isError ? reply.error.code : 'ok')

describe.skipIf(!requireReal('sshd', 'ssh-keygen'))('what an ordinary account may not do on its host', () => {
  let sshd: TestSshd
  let scene: FilesScene
  /** Names below the allowed path. */
  const at = (name: string) => join(scene.remote, name)

  beforeAll(async () => {
    sshd = await startSshd({ config: ['Subsystem sftp internal-sftp'], ...plainShell })
  })
  afterAll(() => sshd?.stop())
  beforeEach(async () => {
    const made = await filesScene(sshd)
    scene = made
    chmodSync(join(made.remote, '..'), 0o755)
    chmodSync(made.remote, 0o777)
    scene.put('file', 'new')
    // With root as the tester they belong to root, else to the account, which may not either by their modes.
    for (const name of ['fixed', 'closed']) mkdirSync(at(name))
    writeFileSync(at('fixed/there'), 'as it was', { mode: 0o444 })
    writeFileSync(at('unreadable'), 'hidden', { mode: 0o000 })
    chmodSync(at('fixed'), 0o555)
    chmodSync(at('closed'), 0o000)
    return async () => {
      for (const name of ['fixed', 'closed']) chmodSync(at(name), 0o755)
      await made.close()
    }
  })
  const ask = (tool: string, name: string) =>
    scene.call(tool, {
      host_id: 'box',
      remote_path: at(name),
      ...(tool === 'sftp_delete' ? { justification: 'a test' } : {}),
    })

  test.each<readonly [string, (s: FilesScene) => Promise<Reply>]>([
    ['an upload into a folder that it may not write to', (s) => s.upload('fixed/new')],
    ['an upload onto a file in such a folder', (s) => s.upload('fixed/there', { overwrite: true })],
    ['an upload into a folder that it may not enter', (s) => s.upload('closed/new')],
    ['a download of a file that it may not read', (s) => s.download('unreadable')],
    ['a download from a folder that it may not enter', (s) => s.download('closed/file')],
    ['a list of a folder that it may not read', () => ask('sftp_list_directory', 'closed')],
    ['a deletion in a folder that it may not write to', () => ask('sftp_delete', 'fixed/there')],
  ])('%s: said as that, and nothing is left', async (_, attempt) => {
    const reply = await attempt(scene)
    expect(reply).toMatchObject({ isError: true, error: { code: 'SFTP_PERMISSION_DENIED' } })
    expect(reply.isError && reply.error.message).toMatch(/^".*allowed.*": the host does not permit it/)
    for (const name of ['fixed', 'closed']) chmodSync(at(name), 0o755)
    expect([readdirSync(at('fixed')), readdirSync(at('closed'))]).toEqual([['there'], []])
    expect(readFileSync(at('fixed/there'), 'utf8')).toBe('as it was')
    expect([existsSync(join(scene.local, 'got')), scene.leftovers()]).toEqual([false, []])
    expect(await scene.lastEntry()).toMatchObject({ status: 'error' })
  })

  test('what it may do goes well beside them', async () => {
    expect(codeOf(await scene.upload('mine'))).toBe('ok')
    expect(readFileSync(at('mine'), 'utf8')).toBe('new')
    expect(codeOf(await ask('sftp_delete', 'mine'))).toBe('ok')
  })
})

describe.skipIf(!requireReal('sshd', 'ssh-keygen'))('the transfer folder of somebody else', () => {
  let sshd: TestSshd
  let scene: FilesScene
  let theirs: string

  beforeAll(async () => {
    sshd = await startSshd({ config: ['Subsystem sftp internal-sftp'] })
  })
  afterAll(() => sshd?.stop())
  beforeEach(async () => {
    const made = await filesScene(sshd, { identities: ['alice', 'bob'] })
    scene = made
    theirs = join(made.local, '../bob')
    mkdirSync(theirs, { mode: 0o700 })
    writeFileSync(join(theirs, 'own'), 'of bob', { mode: 0o600 })
    writeFileSync(join(made.remote, 'there'), 'of alice')
    return () => made.close()
  })

  test.each<readonly [string, (local: string, theirs: string) => string]>([
    ['by dots', () => '../bob/own'],
    ['by its absolute path', (_, bob) => join(bob, 'own')],
    ['by a name that begins like ours', (own) => `${own}/../bob/own`],
    [
      'by a link to the folder',
      (own, bob) => {
        symlinkSync(bob, join(own, 'link'))
        return 'link/own'
      },
    ],
  ])('%s is out of reach, up and down', async (_, name) => {
    const local_path = name(scene.local, theirs)
    const up = await scene.upload('taken', { local_path })
    expect([codeOf(up), existsSync(join(scene.remote, 'taken'))]).toEqual(['LOCAL_PATH_FORBIDDEN', false])
    expect(await scene.lastEntry()).toMatchObject({ status: 'denied', user_id: 'alice' })
    const down = await scene.download('there', { local_path, overwrite: true })
    expect(codeOf(down)).toBe('LOCAL_PATH_FORBIDDEN')
    expect([readdirSync(theirs), readFileSync(join(theirs, 'own'), 'utf8')]).toEqual([['own'], 'of bob'])
  })

  test('a second name of their file is not read, and replaced as a name alone', async () => {
    linkSync(join(theirs, 'own'), join(scene.local, 'own'))
    expect(codeOf(await scene.upload('taken', { local_path: 'own' }))).toBe('LOCAL_PATH_FORBIDDEN')
    expect(codeOf(await scene.download('there', { local_path: 'own', overwrite: true }))).toBe('ok')
    const [own, bobs] = [scene.local, theirs].map((folder) => readFileSync(join(folder, 'own'), 'utf8'))
    expect([own, bobs, existsSync(join(scene.remote, 'taken'))]).toEqual(['of alice', 'of bob', false])
  })

  test('and the own one is as ever', async () => {
    expect(codeOf(await scene.download('there', { local_path: 'own' }))).toBe('ok')
    expect(readFileSync(join(scene.local, 'own'), 'utf8')).toBe('of alice')
  })
})
