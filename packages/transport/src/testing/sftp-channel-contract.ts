import assert from 'node:assert/strict'
import { isSshMcpError } from '@sshmcp/kernel'
import type { ContractCase } from '@sshmcp/kernel/testing'
import { bytes, get, listed, never, put, rejects, type SftpFixture, sha } from './sftp-fixture.ts'

/** What every `SftpChannel` promises. */
export const sftpChannelContract: readonly ContractCase<SftpFixture>[] = [
  contract('writes and reads back what was written, whatever its size', async ({ channel, folder }) => {
    for (const size of [0, 1, 32_768, 65_535, 65_536, 65_537, 3_000_000]) {
      const content = bytes(size)
      assert.equal(await put(channel, `${folder}/f${size}`, content), size)
      assert.equal(sha(await get(channel, `${folder}/f${size}`)), sha(content), `${size} bytes`)
      assert.equal((await channel.lstat(`${folder}/f${size}`, never)).size, size)
    }
  }),
  contract('never makes a file where something is', async ({ channel, folder, link }) => {
    await put(channel, `${folder}/a`, bytes(1))
    link(`${folder}/dangling`, `${folder}/nowhere`)
    await rejects(channel.create(`${folder}/a`, 0o600, never), 'SFTP_EXISTS')
    await rejects(channel.create(`${folder}/dangling`, 0o600, never), 'SFTP_EXISTS')
    await rejects(channel.lstat(`${folder}/nowhere`, never), 'SFTP_NOT_FOUND')
  }),
  contract('makes no file with setuid, setgid or sticky', async ({ channel, folder }) => {
    const writer = await channel.create(`${folder}/s`, 0o7700, never)
    await writer.chmod(0o7711, never)
    await writer.close()
    assert.equal((await channel.lstat(`${folder}/s`, never)).mode, 0o711)
  }),
  contract('tells files, folders and links apart, without following', async ({ channel, folder, link, makeFolder }) => {
    await put(channel, `${folder}/file`, bytes(5))
    makeFolder(`${folder}/sub`)
    link(`${folder}/link`, `${folder}/file`)
    const types = await Promise.all(['file', 'sub', 'link'].map((name) => channel.lstat(`${folder}/${name}`, never)))
    assert.deepEqual(
      types.map(({ type }) => type),
      ['file', 'directory', 'symlink'],
    )
  }),
  contract('resolves links on the way and at the end', async ({ channel, folder, link, makeFolder }) => {
    makeFolder(`${folder}/real`)
    await put(channel, `${folder}/real/a`, bytes(1))
    link(`${folder}/way`, `${folder}/real`)
    link(`${folder}/end`, `${folder}/real/a`)
    assert.equal(await channel.realpath(`${folder}/way/a`, never), `${folder}/real/a`)
    assert.equal(await channel.realpath(`${folder}/end`, never), `${folder}/real/a`)
    assert.equal(await channel.realpath(`${folder}/real/new`, never), `${folder}/real/new`)
  }),
  contract('keeps every name apart, bytes that are no UTF-8 too', async ({ channel, folder }) => {
    const names = [
      '-rf',
      'two words',
      'a\nb',
      'tab\t',
      'ünï😀',
      'caf\udce9',
      '\udcff\udcfe',
      "it's",
      '$(x)',
      '\u202egpj',
    ]
    for (const name of names) await put(channel, `${folder}/${name}`, Buffer.from(name))
    assert.deepEqual((await listed(channel, folder)).map(({ name }) => name).sort(), [...names].sort())
    for (const name of names) {
      assert.equal(sha(await get(channel, `${folder}/${name}`)), sha(Buffer.from(name)), JSON.stringify(name))
    }
  }),
  contract('lists a folder of many names once each', async ({ channel, folder }) => {
    const names = Array.from({ length: 250 }, (_, index) => `n${index}`)
    await Promise.all(names.map((name) => put(channel, `${folder}/${name}`, bytes(0))))
    const entries = await listed(channel, folder)
    assert.deepEqual(entries.map(({ name }) => name).sort(), [...names].sort())
    assert.ok(entries.every(({ type, size, links }) => type === 'file' && size === 0 && (links ?? 1) === 1))
  }),
  contract('makes a folder that is not there yet, with its mode', async ({ channel, folder, link }) => {
    await channel.createFolder(`${folder}/new`, 0o700, never)
    const { type, mode } = await channel.lstat(`${folder}/new`, never)
    assert.deepEqual({ type, mode }, { type: 'directory', mode: 0o700 })
    await put(channel, `${folder}/new/a`, bytes(1))
    link(`${folder}/dangling`, `${folder}/nowhere`)
    for (const name of ['new', 'new/a', 'dangling']) {
      await rejects(channel.createFolder(`${folder}/${name}`, 0o700, never), 'SFTP_EXISTS')
    }
    await rejects(channel.createFolder(`${folder}/none/sub`, 0o700, never), 'SFTP_NOT_FOUND')
  }),
  contract('renames without replacing', async ({ channel, folder }) => {
    await put(channel, `${folder}/a`, Buffer.from('new'))
    await put(channel, `${folder}/b`, Buffer.from('old'))
    await rejects(channel.rename(`${folder}/a`, `${folder}/b`, false, never), 'SFTP_EXISTS')
    assert.equal(String(await get(channel, `${folder}/b`)), 'old')
    await channel.rename(`${folder}/a`, `${folder}/c`, false, never)
    assert.equal(String(await get(channel, `${folder}/c`)), 'new')
    await rejects(channel.lstat(`${folder}/a`, never), 'SFTP_NOT_FOUND')
  }),
  contract('replaces in one step, or says that it cannot', async ({ channel, folder }) => {
    await put(channel, `${folder}/a`, Buffer.from('new'))
    await put(channel, `${folder}/b`, Buffer.from('old'))
    const outcome = await channel.rename(`${folder}/a`, `${folder}/b`, true, never).then(
      () => 'new',
      (error: unknown) => (isSshMcpError(error) && error.code === 'SFTP_NOT_ATOMIC' ? 'old' : String(error)),
    )
    assert.equal(String(await get(channel, `${folder}/b`)), outcome)
  }),
  contract('removes a link and not its target, and no folder', async ({ channel, folder, link, makeFolder }) => {
    await put(channel, `${folder}/a`, bytes(1))
    link(`${folder}/l`, `${folder}/a`)
    makeFolder(`${folder}/d`)
    await channel.remove(`${folder}/l`, never)
    assert.equal((await channel.lstat(`${folder}/a`, never)).size, 1)
    await assert.rejects(channel.remove(`${folder}/d`, never))
    assert.equal((await channel.lstat(`${folder}/d`, never)).type, 'directory')
  }),
  contract('says what is not there', async ({ channel, folder }) => {
    await rejects(channel.lstat(`${folder}/x`, never), 'SFTP_NOT_FOUND')
    await rejects(channel.openRead(`${folder}/x`, never), 'SFTP_NOT_FOUND')
    await rejects(channel.remove(`${folder}/x`, never), 'SFTP_NOT_FOUND')
    await rejects(listed(channel, `${folder}/x`), 'SFTP_NOT_FOUND')
    await rejects(channel.create(`${folder}/x/y`, 0o600, never), 'SFTP_NOT_FOUND')
  }),
  contract('lets the host read a file itself, or says that it does not', async ({ channel, folder }) => {
    const content = bytes(100_000)
    await put(channel, `${folder}/it's 'a' name\n`, content)
    const reading = await channel.readOnHost(`${folder}/it's 'a' name\n`, 70_000, never)
    if (reading !== undefined) assert.deepEqual(reading, { sha256: sha(content.subarray(0, 70_000)), links: 1 })
  }),
  contract('lets the host place what is right, and nothing else', async ({ channel, folder, link, makeFolder }) => {
    const content = bytes(1_000)
    const wish = { length: 1_000, sha256: sha(content), replace: false }
    const place = async (name: string, other: Partial<typeof wish> = {}): Promise<string | undefined> =>
      channel.placeOnHost(`${folder}/-new\n`, `${folder}/${name}`, { ...wish, ...other }, never)
    await put(channel, `${folder}/-new\n`, content)
    await put(channel, `${folder}/there`, bytes(1))
    makeFolder(`${folder}/sub`)
    link(`${folder}/to sub`, `${folder}/sub`)
    const isServed = (await channel.readOnHost(`${folder}/there`, 0, never)) !== undefined
    const expected = (answer: string): string | undefined => (isServed ? answer : undefined)
    assert.equal(await place('a', { sha256: sha(bytes(7)) }), expected('different'))
    assert.equal(await place('a', { length: 999, sha256: sha(content.subarray(0, 999)) }), expected('different'))
    assert.equal(await place('there'), expected('exists'))
    for (const taken of ['sub', 'to sub']) assert.equal(await place(taken, { replace: true }), expected('exists'))
    assert.equal(await place("it's a"), expected('placed'))
    if (!isServed) return
    assert.equal(sha(await get(channel, `${folder}/it's a`)), sha(content))
    assert.equal(await place('again'), 'elsewhere')
    await put(channel, `${folder}/-new\n`, content)
    assert.equal(await place('there', { replace: true }), 'placed')
    assert.equal(sha(await get(channel, `${folder}/there`)), sha(content))
    await rejects(channel.lstat(`${folder}/-new\n`, never), 'SFTP_NOT_FOUND')
    assert.deepEqual(await listed(channel, `${folder}/sub`), [])
  }),
  contract('lets the host work in a folder itself, not behind a link to it', async (fixture) => {
    const { channel, folder, link, makeFolder } = fixture
    makeFolder(`${folder}/real`)
    link(`${folder}/way`, `${folder}/real`)
    link(`${folder}/real/link`, `${folder}/real/a`)
    await put(channel, `${folder}/real/a`, bytes(9))
    const wish = { length: 9, sha256: sha(bytes(9)), replace: true }
    const isServed = (await channel.readOnHost(`${folder}/real/a`, 9, never)) !== undefined
    const elsewhere = isServed ? 'elsewhere' : undefined
    assert.equal(await channel.readOnHost(`${folder}/way/a`, 9, never), elsewhere)
    assert.equal(await channel.readOnHost(`${folder}/real/link`, 9, never), elsewhere)
    assert.equal(await channel.placeOnHost(`${folder}/way/a`, `${folder}/way/b`, wish, never), elsewhere)
    assert.equal(await channel.removeOnHost(`${folder}/way/a`, never), elsewhere)
    assert.equal(await channel.removeOnHost(`${folder}/real`, never), elsewhere)
    const removed = isServed ? 'removed' : undefined
    assert.equal(await channel.removeOnHost(`${folder}/real/link`, never), removed)
    assert.equal((await channel.lstat(`${folder}/real/a`, never)).size, 9)
    assert.equal(await channel.removeOnHost(`${folder}/real/a`, never), removed)
  }),
  contract('stops when it is aborted, and serves on', async ({ channel, folder }) => {
    await put(channel, `${folder}/a`, bytes(3_000_000))
    await rejects(channel.lstat(`${folder}/a`, AbortSignal.abort()), 'SFTP_CANCELLED')
    const abort = new AbortController()
    const reader = await channel.openRead(`${folder}/a`, never)
    const reading = async (): Promise<void> => {
      for await (const _ of reader.read(abort.signal)) abort.abort()
    }
    await rejects(reading(), 'SFTP_CANCELLED')
    await reader.close()
    assert.equal((await channel.lstat(`${folder}/a`, never)).size, 3_000_000)
  }),
  contract('closes, twice, and then refuses', async ({ channel, folder }) => {
    await channel.close()
    await channel.close()
    await rejects(channel.lstat(folder, never), 'SFTP_CONNECTION_LOST')
  }),
]

function contract(name: string, check: (fixture: SftpFixture) => Promise<void>): ContractCase<SftpFixture> {
  return {
    name,
    run: async (makeFixture) => {
      const fixture = await makeFixture()
      try {
        await check(fixture)
      } finally {
        await fixture.dispose()
      }
    },
  }
}
