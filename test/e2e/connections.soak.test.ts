import { describe, expect, test } from 'vitest'
import { plainShell } from '../support/accounts.ts'
import { startFaultProxy } from '../support/fault-proxy.ts'
import { counting, countingBytes, followCounting } from '../support/long-jobs.ts'
import { heldMemory, openDescriptors, peakMemory } from '../support/memory.ts'
import { productScene, template } from '../support/product-scene.ts'
import { linesOf } from '../support/real-transport.ts'
import { eventually } from '../support/remote-processes.ts'
import { requireReal } from '../support/require-real.ts'
import { startSshd, type TestSshd } from '../support/sshd.ts'

const templates = [counting, template('true', 'true'), template('sleeps', 'echo begun; sleep 30')]

function sceneOn(sshd: TestSshd, port = sshd.port, env: Readonly<Record<string, string>> = {}) {
  const knownHosts = linesOf(sshd.knownHostsFile).map((line) => line.replace(`:${sshd.port} `, `:${port} `))
  const { user, identityFile } = sshd
  const host = { host_id: 'box', hostname: '127.0.0.1', port, ssh_user: user, identity_file: identityFile }
  return productScene({ hosts: [host], templates, knownHosts, env })
}

describe.skipIf(!requireReal('sshd', 'ssh-keygen'))('for a long time', () => {
  test('ten jobs with 100 MB of output each take no more memory than ten with 10 MB', async () => {
    const sshd = await startSshd(plainShell)
    const scene = await sceneOn(sshd)
    const run = async (count: number) => {
      const jobs = await Promise.all(
        Array.from({ length: 10 }, () =>
          scene.ok('run_ssh_command_background', {
            host_id: 'box',
            template_id: 'counting',
            params: { count: `${count}` },
          }),
        ),
      )
      const ends = await Promise.all(jobs.map(({ job_id }) => followCounting(scene, job_id)))
      for (const { status, read, dropped, last } of ends) {
        const all = countingBytes(count)
        expect({ status, all: read + dropped, last }).toEqual({ status: 'completed', all, last: count })
      }
    }
    try {
      const small = await peakMemory(() => run(1_400_000))
      const held = await heldMemory()
      const large = await peakMemory(() => run(12_400_000))
      expect(large / small).toBeLessThan(1.5)
      expect((await heldMemory()) - held).toBeLessThan(30_000_000)
    } finally {
      await scene.close()
      await sshd.stop()
    }
  })

  test('20,000 calls, 32 at a time: no error, descriptors and memory back at the start', async () => {
    const sshd = await startSshd(plainShell)
    const scene = await sceneOn(sshd)
    try {
      const call = () => scene.ok('run_ssh_command', { host_id: 'box', template_id: 'true' })
      const run = async (times: number) => {
        let left = times
        const worker = async (): Promise<void> => {
          while (left-- > 0) expect(await call()).toMatchObject({ exit_code: 0 })
        }
        await Promise.all(Array.from({ length: 32 }, worker))
      }
      await run(1_000)
      const [descriptors, held] = [openDescriptors(), await heldMemory()]
      await run(20_000)
      await eventually('descriptors to be given back', () => openDescriptors() <= descriptors)
      expect((await heldMemory()) - held).toBeLessThan(10_000_000)
    } finally {
      await scene.close()
      await sshd.stop()
    }
  })

  test('300 broken connections leave nothing behind', async () => {
    const sshd = await startSshd(plainShell)
    const proxy = await startFaultProxy(sshd.port)
    const scene = await sceneOn(sshd, proxy.port)
    try {
      const broken = async (turn: number) => {
        let hasBegun = false
        const progress = () => {
          hasBegun = true
        }
        const call = scene.call('run_ssh_command', { host_id: 'box', template_id: 'sleeps' }, { progress })
        await eventually('the command to begin', () => hasBegun)
        if (turn % 2 === 0) proxy.cut()
        else proxy.reset()
        expect(await call).toMatchObject({ error: { code: 'TRANSPORT_CONNECTION_LOST' } })
      }
      const round = async () => {
        for (let turn = 0; turn < 75; turn++) await broken(turn)
        return heldMemory()
      }
      await round()
      const descriptors = openDescriptors()
      const held = [await round(), await round(), await round(), await round()]
      await eventually('descriptors to be given back', () => openDescriptors() <= descriptors)
      // What one of them leaves by mistake is some 60 KB, so 4.5 MB a round; what counters and maps grow by is far less.
      const growth = held.slice(1).map((bytes, index) => bytes - (held[index] ?? 0))
      expect(growth.map((bytes) => bytes < 1_500_000)).toEqual([true, true, true])
    } finally {
      await scene.close()
      await proxy.close()
      await sshd.stop()
    }
  })
})
