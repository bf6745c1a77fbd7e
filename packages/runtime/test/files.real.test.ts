import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  appendFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import type { Reply } from '@sshmcp/pipeline'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type CuttingProxy, startCuttingProxy } from '../../../test/support/cutting-proxy.ts'
import { type FilesScene, filesScene } from '../../../test/support/files-scene.ts'
import { requireReal, requireThat } from '../../../test/support/require-real.ts'
import { startSshd, type TestSshd } from '../../../test/support/sshd.ts'

const isRoot = process.getuid?.() === 0
const sha256 = (content: Uint8Array | string): string => createHash('sha256').update(content).digest('hex')
const fill = (bytes: number): Buffer => Buffer.alloc(bytes, 'sixteen letters\n')
/** Numbers from 0 up to 1, always the same ones (mulberry32). */
const seeded = (seed: number, count: number): readonly number[] => {
  let state = seed
  return Array.from({ length: count }, () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  })
}
const codeOf = (reply: Reply): string => (reply.isError ? reply.error.code : 'ok')

describe.skipIf(!requireReal('sshd', 'ssh-keygen'))('files of a real host', () => {
  let sshd: TestSshd
  let scene: FilesScene

  beforeAll(async () => {
    sshd = await startSshd({ config: ['Subsystem sftp internal-sftp'] })
  })
  afterAll(() => sshd?.stop())
  beforeEach(async () => {
    const made = await filesScene(sshd, { policy: { max_upload_bytes: 60e6, max_download_bytes: 60e6 } })
    scene = made
    return () => made.close()
  })

  test.each([0, 1, 52_428_800])('%d bytes go there and back', async (bytes) => {
    const content = fill(bytes)
    scene.put('file', content)
    const expected = { bytes, sha256: sha256(content), compared: 'host' }
    expect(await scene.upload('there')).toMatchObject({ isError: false, result: expected })
    expect(sha256(readFileSync(join(scene.remote, 'there')))).toBe(expected.sha256)
    expect(await scene.download('there', { local_path: 'back' })).toMatchObject({ isError: false, result: expected })
    expect(sha256(readFileSync(join(scene.local, 'back')))).toBe(expected.sha256)
    expect([statSync(join(scene.local, 'back')).mode & 0o7777, scene.leftovers()]).toEqual([0o600, []])
  })

  test('a file with holes arrives with what is read in them', async () => {
    writeFileSync(join(scene.remote, 'holes'), 'begin')
    truncateSync(join(scene.remote, 'holes'), 3_000_000)
    appendFileSync(join(scene.remote, 'holes'), 'end')
    await scene.download('holes')
    expect(readFileSync(join(scene.local, 'got'))).toEqual(readFileSync(join(scene.remote, 'holes')))
  })

  test('names of every kind', async () => {
    for (const name of [
      'two words',
      '-rf',
      'line\nbreak',
      'ünï 😀',
      "it's",
      '$(touch x)',
      'caf\udce9',
      '\u202egpj.txt',
    ]) {
      scene.put('file', name)
      expect([name, codeOf(await scene.upload(name))]).toEqual([name, 'ok'])
      expect([name, codeOf(await scene.download(name, { local_path: 'back', overwrite: true }))]).toEqual([name, 'ok'])
      expect(readFileSync(join(scene.local, 'back'))).toEqual(Buffer.from(name))
    }
    expect(existsSync(Buffer.concat([Buffer.from(`${scene.remote}/caf`), Buffer.of(0xe9)]))).toBe(true)
    const listed = await scene.call('sftp_list_directory', { host_id: 'box', remote_path: scene.remote })
    expect(listed).toMatchObject({ result: { count: 8 } })
    for (const name of ['-rf', 'line\nbreak', 'caf\udce9']) {
      const args = { host_id: 'box', remote_path: `${scene.remote}/${name}`, justification: 'a test' }
      expect(codeOf(await scene.call('sftp_delete', args))).toBe('ok')
    }
    expect(readdirSync(scene.remote)).toHaveLength(5)
  })

  test('a replaced file keeps its mode, and never setuid; a new one has the local mode', async () => {
    scene.put('file', 'new')
    writeFileSync(join(scene.remote, 'old'), 'old', { mode: 0o755 })
    execFileSync('chmod', ['6755', join(scene.remote, 'old')])
    expect(codeOf(await scene.upload('old'))).toBe('TRANSFER_EXISTS')
    expect(codeOf(await scene.upload('old', { overwrite: true }))).toBe('ok')
    expect(codeOf(await scene.upload('new'))).toBe('ok')
    expect(['old', 'new'].map((name) => statSync(join(scene.remote, name)).mode & 0o7777)).toEqual([0o755, 0o600])
  })

  test('a folder of 2,500 names in pages, each name once', async () => {
    const names = Array.from({ length: 2500 }, (_, index) => `n${String(index).padStart(4, '0')}`)
    for (const name of names) writeFileSync(join(scene.remote, name), '')
    const seen: unknown[] = []
    for (let cursor: unknown = undefined; cursor !== ''; ) {
      const page: Reply = await scene.call('sftp_list_directory', {
        host_id: 'box',
        remote_path: scene.remote,
        limit: 1000,
        ...(cursor === undefined ? {} : { cursor }),
      })
      if (page.isError) throw new Error(page.error.message)
      if (Array.isArray(page.result.entries)) seen.push(...page.result.entries.map(({ name }) => name))
      cursor = page.result.next_cursor
    }
    expect(seen).toEqual(names)
  })

  test('a file that grows past the limit while it is read is refused', async () => {
    const path = join(scene.remote, 'growing')
    writeFileSync(path, fill(50_000_000))
    let grown = 0
    const progress = (): void => {
      grown++
      appendFileSync(path, fill(1_000_000))
    }
    expect(codeOf(await scene.download('growing', {}, { progress }))).toBe('POLICY_FILE_TOO_LARGE')
    expect(grown).toBeGreaterThan(5)
    expect([existsSync(join(scene.local, 'got')), scene.leftovers()]).toEqual([false, []])
  })

  test('a log that grows a little meanwhile is exact up to where it was read', async () => {
    const path = join(scene.remote, 'app.log')
    writeFileSync(path, fill(5_000_000))
    let times = 0
    const progress = (): void => {
      if (times++ === 1) appendFileSync(path, 'one more line\n')
    }
    const reply = await scene.download('app.log', {}, { progress })
    expect(reply).toMatchObject({ isError: false })
    const [got, whole] = [readFileSync(join(scene.local, 'got')), readFileSync(path)]
    expect(got.equals(whole.subarray(0, got.length))).toBe(true)
  })

  test('a file that is rewritten while it is read is not taken', async () => {
    const path = join(scene.remote, 'rewritten')
    writeFileSync(path, fill(20_000_000))
    const progress = (): void => writeFileSync(path, 'x'.repeat(1000), { flag: 'r+' })
    expect(codeOf(await scene.download('rewritten', {}, { progress }))).toMatch(
      /TRANSFER_CHANGED|POLICY_PATH_FORBIDDEN/,
    )
    expect([existsSync(join(scene.local, 'got')), scene.leftovers()]).toEqual([false, []])
  })

  test.each(['upload', 'download'] as const)('a cancelled %s stops at once and leaves nothing', async (way) => {
    scene.put('file', fill(50_000_000))
    if (way === 'download') writeFileSync(join(scene.remote, 'big'), fill(50_000_000))
    const abort = new AbortController()
    let done = 0
    const progress = (bytes: number): void => {
      done = bytes
      abort.abort()
    }
    const extra = { signal: abort.signal, progress }
    const reply =
      way === 'upload'
        ? await scene.upload('big', {}, extra)
        : await scene.download('big', { local_path: 'back' }, extra)
    expect([codeOf(reply), scene.leftovers()]).toEqual(['TRANSFER_CANCELLED', []])
    expect(existsSync(join(way === 'upload' ? scene.remote : scene.local, way === 'upload' ? 'big' : 'back'))).toBe(
      false,
    )
    expect(await scene.lastEntry()).toMatchObject({ status: 'cancelled' })
    // The first notice comes at 1 MB; a cancel that waits for the rest would tell of all 50. `bench files` has the time.
    expect(done).toBeLessThan(20_000_000)
  })

  describe('ways out', () => {
    /** Each makes what it needs and returns the call. */
    const attempts: readonly (readonly [string, (s: FilesScene) => Promise<Reply>])[] = [
      [
        'a link to a file',
        (s) => {
          symlinkSync(`${s.outside}/secret`, `${s.remote}/l`)
          return s.download('l')
        },
      ],
      [
        'a relative link',
        (s) => {
          symlinkSync('../outside/secret', `${s.remote}/l`)
          return s.download('l')
        },
      ],
      [
        'a link in the middle',
        (s) => {
          symlinkSync(s.outside, `${s.remote}/d`)
          return s.download('d/secret')
        },
      ],
      [
        'two links in the middle',
        (s) => {
          symlinkSync('d2', `${s.remote}/d`)
          symlinkSync(s.outside, `${s.remote}/d2`)
          return s.download('d/secret')
        },
      ],
      [
        'an upload through a link',
        (s) => {
          symlinkSync(s.outside, `${s.remote}/d`)
          return s.upload('d/new')
        },
      ],
      [
        'an upload onto a link',
        (s) => {
          symlinkSync(`${s.outside}/secret`, `${s.remote}/l`)
          return s.upload('l', { overwrite: true })
        },
      ],
      [
        'an upload onto a dangling link',
        (s) => {
          symlinkSync(`${s.outside}/new`, `${s.remote}/l`)
          return s.upload('l')
        },
      ],
      ['dots', (s) => s.download('../outside/secret')],
      [
        'dots after a folder',
        (s) => {
          mkdirSync(`${s.remote}/d`)
          return s.upload('d/../../outside/new')
        },
      ],
      ['two slashes', (s) => s.download('/secret')],
      ['two slashes at the start', (s) => s.download('', { remote_path: `/${s.outside}/secret` })],
      [
        'a sibling with the same beginning',
        (s) => {
          mkdirSync(`${s.remote}foo`)
          writeFileSync(`${s.remote}foo/x`, 'the secret')
          return s.download('', { remote_path: `${s.remote}foo/x` })
        },
      ],
      ['the folder itself with more letters', (s) => s.upload('', { remote_path: `${s.remote}foo` })],
      [
        'a hard link',
        (s) => {
          linkSync(`${s.outside}/secret`, `${s.remote}/h`)
          return s.download('h')
        },
      ],
      [
        'a hard link deeper down',
        (s) => {
          mkdirSync(`${s.remote}/d`)
          linkSync(`${s.outside}/secret`, `${s.remote}/d/h`)
          return s.download('d/h')
        },
      ],
      [
        'a FIFO',
        (s) => {
          execFileSync('mkfifo', [`${s.remote}/f`])
          return s.download('f')
        },
      ],
      [
        'an upload onto a FIFO',
        (s) => {
          execFileSync('mkfifo', [`${s.remote}/f`])
          return s.upload('f', { overwrite: true })
        },
      ],
      [
        'a link to a device',
        (s) => {
          symlinkSync('/dev/zero', `${s.remote}/z`)
          return s.download('z')
        },
      ],
      [
        'an upload onto a link to a device',
        (s) => {
          symlinkSync('/dev/null', `${s.remote}/z`)
          return s.upload('z', { overwrite: true })
        },
      ],
      [
        'a folder',
        (s) => {
          mkdirSync(`${s.remote}/d`)
          return s.download('d')
        },
      ],
      [
        'an upload onto a folder',
        (s) => {
          mkdirSync(`${s.remote}/d`)
          return s.upload('d', { overwrite: true })
        },
      ],
      [
        'a link into procfs',
        (s) => {
          symlinkSync('/proc/self/environ', `${s.remote}/p`)
          return s.download('p')
        },
      ],
      [
        'a link to a folder of procfs',
        (s) => {
          symlinkSync('/proc/self/root', `${s.remote}/p`)
          return s.download('p/etc/hostname')
        },
      ],
      [
        'a local link',
        (s) => {
          symlinkSync(`${s.outside}/secret`, `${s.local}/l`)
          return s.upload('x', { local_path: 'l' })
        },
      ],
      [
        'a download onto a local link',
        (s) => {
          writeFileSync(`${s.remote}/x`, 'x')
          symlinkSync(`${s.outside}/secret`, `${s.local}/l`)
          return s.download('x', { local_path: 'l', overwrite: true })
        },
      ],
      [
        'a local FIFO',
        (s) => {
          execFileSync('mkfifo', [`${s.local}/f`])
          return s.upload('x', { local_path: 'f' })
        },
      ],
      [
        'a download onto a local FIFO',
        (s) => {
          writeFileSync(`${s.remote}/x`, 'x')
          execFileSync('mkfifo', ['-m', '600', `${s.local}/f`])
          return s.download('x', { local_path: 'f', overwrite: true })
        },
      ],
      [
        'a local hard link',
        (s) => {
          linkSync(`${s.outside}/secret`, `${s.local}/h`)
          return s.upload('x', { local_path: 'h' })
        },
      ],
      ['a local path out', (s) => s.upload('x', { local_path: `${s.outside}/secret` })],
      ['local dots', (s) => s.download('x', { local_path: '../hosts.json', overwrite: true })],
      [
        'deleting through a link',
        (s) => {
          symlinkSync(s.outside, `${s.remote}/d`)
          return s.call('sftp_delete', { host_id: 'box', remote_path: `${s.remote}/d/secret`, justification: 'x' })
        },
      ],
      [
        'listing through a link',
        (s) => {
          symlinkSync(s.outside, `${s.remote}/d`)
          return s.call('sftp_list_directory', { host_id: 'box', remote_path: `${s.remote}/d` })
        },
      ],
    ]

    test.each(attempts)('%s', async (_, attempt) => {
      scene.put('file', 'ours')
      const hostsFile = readFileSync(join(scene.local, '..', 'hosts.json'), 'utf8')
      const reply = await attempt(scene)
      expect(codeOf(reply)).toMatch(/^POLICY_PATH_FORBIDDEN$|^LOCAL_PATH_FORBIDDEN$/)
      expect(await scene.lastEntry()).toMatchObject({ status: 'denied' })
      expect(readdirSync(scene.outside)).toEqual(['secret'])
      expect(readFileSync(join(scene.outside, 'secret'), 'utf8')).toBe('the secret')
      expect(readFileSync(join(scene.local, '..', 'hosts.json'), 'utf8')).toBe(hostsFile)
      const arrived = readdirSync(scene.local).filter((name) => name.length > 1 && name !== 'file')
      expect([arrived, scene.leftovers()]).toEqual([[], []])
    })

    test('a name that flips between a file and a link leads out at no moment', async () => {
      const [path, spare] = [join(scene.remote, 'flip'), join(scene.remote, 'spare')]
      writeFileSync(path, 'inside')
      let isRunning = true
      const flipping = (async () => {
        for (let turn = 0; isRunning; turn++) {
          rmSync(spare, { force: true })
          if (turn % 2 === 0) symlinkSync(`${scene.outside}/secret`, spare)
          else writeFileSync(spare, 'inside')
          renameSync(spare, path)
          await new Promise((resolve) => setImmediate(resolve))
        }
      })()
      scene.put('file', 'uploaded')
      for (let attempt = 0; attempt < 40; attempt++) {
        const down = await scene.download('flip', { local_path: 'got', overwrite: true })
        if (!down.isError) expect(readFileSync(join(scene.local, 'got'), 'utf8')).not.toBe('the secret')
        await scene.upload('flip', { overwrite: true })
      }
      isRunning = false
      await flipping
      expect(readFileSync(join(scene.outside, 'secret'), 'utf8')).toBe('the secret')
    })

    test('a folder that flips between a folder and a link leads out at no moment', async () => {
      const [path, aside] = [join(scene.remote, 'flip'), join(scene.remote, 'aside')]
      mkdirSync(path)
      writeFileSync(join(path, 'secret'), 'inside')
      let isRunning = true
      const flipping = (async () => {
        while (isRunning) {
          renameSync(path, aside)
          symlinkSync(scene.outside, path)
          await new Promise((resolve) => setImmediate(resolve))
          rmSync(path)
          renameSync(aside, path)
          await new Promise((resolve) => setImmediate(resolve))
        }
      })()
      scene.put('file', 'uploaded')
      for (let attempt = 0; attempt < 40; attempt++) {
        const down = await scene.download('flip/secret', { local_path: 'got', overwrite: true })
        if (!down.isError) expect(readFileSync(join(scene.local, 'got'), 'utf8')).not.toBe('the secret')
        await scene.upload(`flip/new${attempt}`)
      }
      isRunning = false
      await flipping
      expect(readdirSync(scene.outside).filter((name) => !/^\.sshmcp.*\.part$/.test(name))).toEqual(['secret'])
    })
  })

  describe('a line that is cut', () => {
    let proxy: CuttingProxy
    let cut: FilesScene
    const size = 3_000_000

    beforeEach(async () => {
      proxy = await startCuttingProxy(sshd.port)
      cut = await filesScene(sshd, { port: proxy.port })
      return async () => {
        await cut.close()
        await proxy.close()
      }
    })

    // Anywhere in the login, the content and the end, the same in every run; the host is back at once, and the next time gone.
    const points = seeded(20_260_309, 20).map((share, index) => ({
      bytes: 500 + Math.floor(share * (size + 60_000)),
      host: index % 2 === 0 ? ('back at once' as const) : ('gone' as const),
    }))

    test.each(points)(
      'after $bytes bytes, host $host: the destination is as it was, nothing is left or it is named',
      async ({ bytes, host }) => {
        for (const way of ['upload', 'download'] as const) {
          cut.put('file', fill(size))
          writeFileSync(join(cut.remote, 'there'), way === 'upload' ? 'as it was' : fill(size))
          writeFileSync(join(cut.local, 'back'), 'as it was', { mode: 0o600 })
          await cut.call('sftp_list_directory', { host_id: 'box', remote_path: cut.remote })
          proxy.cutAfter(bytes, host)
          const reply =
            way === 'upload'
              ? await cut.upload('there', { overwrite: true })
              : await cut.download('there', { local_path: 'back', overwrite: true })
          const destination = way === 'upload' ? join(cut.remote, 'there') : join(cut.local, 'back')
          const content = readFileSync(destination)
          if (reply.isError) {
            expect(reply.error.code).toMatch(/^(SFTP|TRANSPORT|TRANSFER)_/)
            // The answer to the renaming itself may be what was lost: then the file is there, whole.
            const isWhole = content.equals(fill(size))
            if (!isWhole) expect(String(content)).toBe('as it was')
          } else expect(content.equals(fill(size))).toBe(true)
          for (const name of cut.leftovers()) {
            expect(host).toBe('gone')
            expect(reply).toMatchObject({ error: { message: expect.stringContaining(name) } })
            rmSync(join(cut.remote, name))
          }
          proxy.mend()
        }
      },
    )
  })
})

describe.skipIf(!requireReal('sshd', 'ssh-keygen') || !requireThat(isRoot, 'a small disk needs root'))(
  'a full disk',
  () => {
    test('on either side leaves the destination as it was, and nothing else', async () => {
      const sshd = await startSshd({ config: ['Subsystem sftp internal-sftp'] })
      const small = join(sshd.folder, 'small')
      mkdirSync(small)
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'none', small])
      const scene = await filesScene(sshd, { remote: join(small, 'allowed') })
      try {
        writeFileSync(join(scene.remote, 'there'), 'as it was')
        scene.put('file', fill(3_000_000))
        expect(codeOf(await scene.upload('there', { overwrite: true }))).toBe('SFTP_FAILED')
        expect([readFileSync(join(scene.remote, 'there'), 'utf8'), scene.leftovers()]).toEqual(['as it was', []])

        const local = join(scene.local, 'small')
        mkdirSync(local, { mode: 0o700 })
        execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=512k', 'none', local])
        writeFileSync(join(local, 'back'), 'as it was', { mode: 0o600 })
        writeFileSync(join(scene.remote, 'big'), fill(900_000))
        const reply = await scene.download('big', { local_path: 'small/back', overwrite: true })
        expect(codeOf(reply)).toBe('LOCAL_NO_SPACE')
        expect([readFileSync(join(local, 'back'), 'utf8'), readdirSync(local)]).toEqual(['as it was', ['back']])
        execFileSync('umount', [local])
      } finally {
        await scene.close()
        execFileSync('umount', [small])
        await sshd.stop()
      }
    })
  },
)
