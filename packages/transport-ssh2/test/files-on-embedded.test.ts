import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Reply } from '@sshmcp/pipeline'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type CuttingProxy, startCuttingProxy } from '../../../test/support/cutting-proxy.ts'
import { type FilesScene, filesScene } from '../../../test/support/files-scene.ts'
import { type EmbeddedHost, makeKeyPair, startEmbeddedHost } from '../src/embedded-host.ts'
import { serveSftpOnDisk } from './sftp-on-disk.ts'

const fill = (bytes: number): Buffer => Buffer.alloc(bytes, 'sixteen letters\n')
const sha256 = (content: Uint8Array): string => createHash('sha256').update(content).digest('hex')
const codeOf = (reply: Reply): string => (reply.isError ? reply.error.code : 'ok')

let host: EmbeddedHost
let proxy: CuttingProxy
let scene: FilesScene
let folder: string

/** The whole product on a host that speaks the least of SFTP: no extension, short answers, a rename that never replaces. */
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sshmcp-embedded-files-'))
  const key = makeKeyPair()
  host = await startEmbeddedHost({
    authorizedKeys: [key.publicLine],
    subsystem: (_name, channel) => serveSftpOnDisk(channel),
  })
  const [identityFile, knownHostsFile] = [join(folder, 'key'), join(folder, 'known_hosts')]
  writeFileSync(identityFile, key.privateKey, { mode: 0o600 })
  writeFileSync(knownHostsFile, `${host.hostKeyLine}\n`)
  proxy = await startCuttingProxy(host.port)
  const daemon = { port: host.port, user: 'deploy', folder, identityFile, knownHostsFile }
  scene = await filesScene(daemon, { port: proxy.port })
})
afterEach(async () => {
  await scene.close()
  await proxy.close()
  await host.close()
  rmSync(folder, { recursive: true, force: true })
})

test.each([0, 1, 50_000_001])('%d bytes go there and back', async (bytes) => {
  const content = fill(bytes)
  scene.put('file', content)
  const expected = { isError: false, result: { bytes, sha256: sha256(content) } }
  expect(await scene.upload('there')).toMatchObject(expected)
  expect(readFileSync(join(scene.remote, 'there')).equals(content)).toBe(true)
  expect(await scene.download('there', { local_path: 'back' })).toMatchObject(expected)
  expect(readFileSync(join(scene.local, 'back')).equals(content)).toBe(true)
  expect(scene.leftovers()).toEqual([])
})

test('what is there stays there without overwrite, and is replaced in one step by the host itself with it', async () => {
  scene.put('file', 'new')
  writeFileSync(join(scene.remote, 'there'), 'as it was')
  expect(codeOf(await scene.upload('there'))).toBe('TRANSFER_EXISTS')
  expect(readFileSync(join(scene.remote, 'there'), 'utf8')).toBe('as it was')
  expect(await scene.upload('there', { overwrite: true })).toMatchObject({ result: { compared: 'host' } })
  expect(readFileSync(join(scene.remote, 'there'), 'utf8')).toBe('new')
  writeFileSync(join(scene.local, 'back'), 'as it was', { mode: 0o600 })
  expect(codeOf(await scene.download('there', { local_path: 'back' }))).toBe('LOCAL_EXISTS')
  expect(readFileSync(join(scene.local, 'back'), 'utf8')).toBe('as it was')
  expect(scene.leftovers()).toEqual([])
})

test.each(['upload', 'download'] as const)('a line that is cut in the middle of an %s', async (way) => {
  const content = fill(3_000_000)
  scene.put('file', content)
  if (way === 'download') writeFileSync(join(scene.remote, 'there'), content)
  await scene.call('sftp_list_directory', { host_id: 'box', remote_path: scene.remote })
  proxy.cutAfter(1_500_000, 'back at once')
  const reply = await (way === 'upload' ? scene.upload('there') : scene.download('there'))
  expect([proxy.hasCut, codeOf(reply)]).toEqual([true, 'SFTP_CONNECTION_LOST'])
  expect(existsSync(way === 'upload' ? join(scene.remote, 'there') : join(scene.local, 'got'))).toBe(false)
  expect(scene.leftovers()).toEqual([])
})
