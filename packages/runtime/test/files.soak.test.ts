import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream, statSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { describe, expect, test } from 'vitest'
import { filesScene } from '../../../test/support/files-scene.ts'
import { requireReal } from '../../../test/support/require-real.ts'
import { startSshd } from '../../../test/support/sshd.ts'

const twoGiB = 2 ** 31 + 12_345

async function* content(): AsyncGenerator<Buffer> {
  const block = Buffer.allocUnsafe(1_048_576)
  for (let at = 0; at < twoGiB; at += block.length) {
    // No two blocks are alike, so that one in the wrong place shows.
    block.fill(`block at ${at};`)
    yield block.subarray(0, Math.min(block.length, twoGiB - at))
  }
}

async function sha256(path: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(path), hash)
  return hash.digest('hex')
}

describe.skipIf(!requireReal('sshd', 'ssh-keygen'))('2 GiB', () => {
  test('go there and back exact, in memory that does not grow with them', async () => {
    const sshd = await startSshd({ config: ['Subsystem sftp internal-sftp'] })
    const scene = await filesScene(sshd)
    try {
      await pipeline(Readable.from(content()), createWriteStream(join(scene.local, 'file'), { mode: 0o600 }))
      const expected = { bytes: twoGiB, sha256: await sha256(join(scene.local, 'file')) }
      const before = process.memoryUsage().rss
      let most = 0
      const progress = (): void => {
        most = Math.max(most, process.memoryUsage().rss)
      }
      expect(await scene.upload('there', {}, { progress })).toMatchObject({ isError: false, result: expected })
      expect(await scene.download('there', {}, { progress })).toMatchObject({ isError: false, result: expected })
      expect([statSync(join(scene.local, 'got')).size, await sha256(join(scene.local, 'got'))]).toEqual([
        expected.bytes,
        expected.sha256,
      ])
      expect(most - before).toBeLessThan(300_000_000)
      expect(scene.leftovers()).toEqual([])
    } finally {
      await scene.close()
      await sshd.stop()
    }
  })
})
