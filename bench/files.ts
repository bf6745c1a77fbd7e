import { execFile } from 'node:child_process'
import { appendFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { CallRequest, Reply } from '@sshmcp/pipeline'
import { type FilesScene, filesScene } from '../test/support/files-scene.ts'
import { startSshd, type TestSshd } from '../test/support/sshd.ts'
import { compare, median, printMedians, printRatio } from './measure.ts'

const program = promisify(execFile)
const megabyte = 1_048_576

/** OpenSSH's own programs on the same host, with the cipher that both would choose. */
function openssh(sshd: TestSshd, scene: FilesScene) {
  const options = [
    '-i',
    sshd.identityFile,
    '-o',
    `UserKnownHostsFile=${sshd.knownHostsFile}`,
    '-o',
    'IdentitiesOnly=yes',
  ]
  const cipher = ['-c', 'aes128-gcm@openssh.com']
  const at = `${sshd.user}@127.0.0.1`
  const copy = (from: string, to: string) =>
    program('scp', ['-q', '-P', String(sshd.port), ...cipher, ...options, from, to])
  const remote = join(scene.remote, 'scp')
  const local = join(scene.local, 'scp')
  const hashBoth = async (here: string, there: string): Promise<void> => {
    const [mine, theirs] = await Promise.all([
      program('sha256sum', [here]),
      program('ssh', ['-p', String(sshd.port), ...cipher, ...options, at, `sha256sum ${there}`]),
    ])
    if (mine.stdout.slice(0, 64) !== theirs.stdout.slice(0, 64)) throw new Error('scp copied something else')
  }
  const source = join(scene.local, 'file')
  return {
    copies: [local, remote],
    upload: () => copy(source, `${at}:${remote}`),
    uploadAndCompare: async () => {
      await copy(source, `${at}:${remote}`)
      await hashBoth(source, remote)
    },
    download: () => copy(`${at}:${join(scene.remote, 'there')}`, local),
    downloadAndCompare: async () => {
      await copy(`${at}:${join(scene.remote, 'there')}`, local)
      await hashBoth(local, join(scene.remote, 'there'))
    },
  }
}

/** Written in small pieces: the memory of this process is measured. */
function makeFile(path: string, bytes: number): void {
  const block = Buffer.alloc(megabyte, 'sixteen letters\n')
  writeFileSync(path, '', { mode: 0o600 })
  for (let at = 0; at < bytes; at += block.length) appendFileSync(path, block.subarray(0, bytes - at))
}

async function well(reply: Promise<Reply>): Promise<void> {
  const settled = await reply
  if (settled.isError) throw new Error(settled.error.message)
}

/** Each copy is a new file, as it is unless somebody asks to overwrite one. */
async function ratios(sshd: TestSshd, scene: FilesScene, bytes: number, rounds: number): Promise<void> {
  makeFile(join(scene.local, 'file'), bytes)
  await well(scene.upload('there', { overwrite: true }))
  const theirs = openssh(sshd, scene)
  const copies = [...theirs.copies, join(scene.remote, 'new'), join(scene.local, 'got')]
  const before = (): void => {
    for (const copy of copies) rmSync(copy, { force: true })
  }
  const size = `${Math.round(bytes / megabyte)} MB`
  const up = await compare({
    rounds,
    before,
    subjects: {
      ours: () => well(scene.upload('new')),
      scp: async () => void (await theirs.upload()),
      compared: theirs.uploadAndCompare,
    },
  })
  printMedians(up)
  printRatio(`upload of ${size}: scp and sha256sum on both ends / ours, compared`, up.compared / up.ours, {
    atLeast: 1.1,
  })
  console.log(`       upload of ${size}: plain scp / ours, compared: ${(up.scp / up.ours).toFixed(2)}`)
  const down = { ours: () => well(scene.download('there', { overwrite: true })), compared: theirs.downloadAndCompare }
  const anew = await compare({
    rounds,
    before,
    subjects: { ...down, scp: async () => void (await theirs.download()) },
  })
  printMedians(anew)
  printRatio(`download of ${size}: scp and sha256sum on both ends / ours, compared`, anew.compared / anew.ours, {
    atLeast: 1.1,
  })
  console.log(`       download of ${size}: plain scp / ours, compared: ${(anew.scp / anew.ours).toFixed(2)}`)
  // We keep the old file until the new one is complete; scp writes over it.
  const over = await compare({ rounds, subjects: down })
  console.log(`       download of ${size} over a file: scp, compared / ours: ${(over.compared / over.ours).toFixed(2)}`)
}

/** How long a transfer of a large file goes on after it was cancelled, in milliseconds; the promise is a second. */
async function cancelled(scene: FilesScene, bytes: number, rounds: number): Promise<void> {
  makeFile(join(scene.local, 'file'), bytes)
  await well(scene.upload('there', { overwrite: true }))
  const transfers = {
    upload: (extra: Partial<CallRequest>) => scene.upload('other', {}, extra),
    download: (extra: Partial<CallRequest>) => scene.download('there', { local_path: 'other' }, extra),
  }
  for (const [name, transfer] of Object.entries(transfers)) {
    const samples: number[] = []
    for (let round = 0; round < rounds; round++) {
      const abort = new AbortController()
      let cancelledAt = 0
      const progress = (): void => {
        cancelledAt ||= performance.now()
        abort.abort()
      }
      const { isError } = await transfer({ signal: abort.signal, progress })
      if (!isError) throw new Error('the transfer was over before it was cancelled')
      samples.push(performance.now() - cancelledAt)
    }
    printRatio(`a cancelled ${name}: time until it has ended to one second`, median(samples) / 1000, 1)
  }
}

/** The most memory that this process has while a file goes there and back. */
async function peak(scene: FilesScene, bytes: number): Promise<number> {
  makeFile(join(scene.local, 'file'), bytes)
  let most = 0
  const look = setInterval(() => {
    most = Math.max(most, process.memoryUsage().rss)
  }, 20)
  await well(scene.upload('there', { overwrite: true }))
  await well(scene.download('there', { overwrite: true }))
  clearInterval(look)
  return most
}

/** Files beside OpenSSH's own programs, in one run on one host. */
export async function run(): Promise<void> {
  const sshd = await startSshd({ config: ['Subsystem sftp internal-sftp'] })
  const scene = await filesScene(sshd)
  try {
    await ratios(sshd, scene, 50 * megabyte, 7)
    await ratios(sshd, scene, 500 * megabyte, 5)
    await cancelled(scene, 500 * megabyte, 5)
    await peak(scene, 50 * megabyte)
    const small = await peak(scene, 50 * megabyte)
    const large = await peak(scene, 500 * megabyte)
    printRatio('memory at 500 MB / memory at 50 MB', large / small, 1.2)
  } finally {
    await scene.close()
    await sshd.stop()
    rmSync(scene.local, { recursive: true, force: true })
  }
}
