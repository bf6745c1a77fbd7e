import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { plainShell } from '../support/accounts.ts'
import { counting, countingBytes, followCounting } from '../support/long-jobs.ts'
import { heldMemory, openDescriptors, peakMemory } from '../support/memory.ts'
import { type ProductScene, productScene, template } from '../support/product-scene.ts'
import { linesOf } from '../support/real-transport.ts'
import { eventually, processesWith } from '../support/remote-processes.ts'
import { requireReal } from '../support/require-real.ts'
import { startSshd, type TestSshd } from '../support/sshd.ts'

const templates = [
  counting,
  template('sleeps', 'echo begun; exec sleep {seconds}', { allowed_params: { seconds: '^[0-9.]+$' } }),
  template('true', 'true'),
  template('fails', 'echo why >&2; exit 3'),
  template('tricks', "printf 'a\\033[2Jb\\342\\200\\256c\\342\\200\\213d\\n'"),
]

describe.skipIf(!requireReal('sshd', 'ssh-keygen'))('jobs and captured output on a real sshd', () => {
  let sshd: TestSshd
  const scenes: ProductScene[] = []

  beforeAll(async () => {
    sshd = await startSshd({ ...plainShell, config: ['MaxSessions 10'] })
  })
  afterAll(async () => {
    await Promise.all(scenes.map((scene) => scene.close()))
    await sshd?.stop()
  })

  const open = async (env: Readonly<Record<string, string>> = {}) => {
    const { port, user, identityFile } = sshd
    const host = { host_id: 'box', hostname: '127.0.0.1', port, ssh_user: user, identity_file: identityFile }
    const scene = await productScene({ hosts: [host], templates, knownHosts: linesOf(sshd.knownHostsFile), env })
    scenes.push(scene)
    return scene
  }
  const start = (scene: ProductScene, template_id: string, params: object = {}) =>
    scene.ok('run_ssh_command_background', { host_id: 'box', template_id, params })
  const uniqueSeconds = () => `600.${BigInt(`0x${randomUUID().replaceAll('-', '')}`)}`

  test('start, poll with waiting, list, and a code that is not zero is completed', async () => {
    const scene = await open()
    const { job_id, status } = await start(scene, 'fails')
    expect(status).toMatch(/running|completed/)
    const first = await scene.ok('poll_background_job', { job_id, wait_seconds: 10 })
    const last = await scene.ok('poll_background_job', { job_id, wait_seconds: 10, cursor: first.next_cursor })
    expect(`${first.stderr}${last.stderr}`).toBe('why\n')
    expect(last).toMatchObject({ status: 'completed', exit_code: 3, signal: null, dropped_bytes: 0 })
    expect(await scene.ok('list_background_jobs')).toMatchObject({ jobs: [{ job_id, status: 'completed' }] })
  })

  test('cancel ends the process on the host and says so', async () => {
    const scene = await open()
    const seconds = uniqueSeconds()
    const { job_id } = await start(scene, 'sleeps', { seconds })
    await eventually('the process', () => processesWith(seconds).length > 0)
    const cancelled = await scene.ok('cancel_background_job', { job_id })
    expect(cancelled).toMatchObject({ status: 'cancelled', remote_process: 'dead' })
    expect(processesWith(seconds)).toEqual([])
    expect(await scene.ok('poll_background_job', { job_id })).toMatchObject({ status: 'cancelled', stdout: 'begun\n' })
  })

  test('at the end of its time it is ended, its process is gone, and it goes', async () => {
    const scene = await open({ SSH_MCP_JOB_TTL_SECONDS: '1' })
    const seconds = uniqueSeconds()
    const { job_id } = await start(scene, 'sleeps', { seconds })
    const poll = async (cursor: unknown) => scene.ok('poll_background_job', { job_id, cursor, wait_seconds: 10 })
    const { next_cursor } = await poll('')
    expect(await poll(next_cursor)).toMatchObject({ status: 'expired', remote_process: 'dead' })
    expect(processesWith(seconds)).toEqual([])
  })

  test('the server that stops ends its jobs', async () => {
    const scene = await open()
    const seconds = uniqueSeconds()
    await start(scene, 'sleeps', { seconds })
    await eventually('the process', () => processesWith(seconds).length > 0)
    await scene.close()
    await eventually('the end of the process', () => processesWith(seconds).length === 0)
  })

  test('the whole of a long output by its cursors, byte for byte', async () => {
    const scene = await open({ SSH_MCP_JOB_OUTPUT_MAX_BYTES: '8388608' })
    const { job_id } = await start(scene, 'counting', { count: '500000' })
    const { status, read, dropped, last } = await followCounting(scene, job_id)
    expect({ status, read, dropped, last }).toEqual({
      status: 'completed',
      read: countingBytes(500_000),
      dropped: 0,
      last: 500_000,
    })
  })

  test('ten jobs with 10 MB of output each: memory is bounded, and what is kept is true', async () => {
    const scene = await open()
    const count = 1_400_000
    const [before, held] = [process.memoryUsage.rss(), await heldMemory()]
    const most = await peakMemory(async () => {
      const jobs = await Promise.all(Array.from({ length: 9 }, () => start(scene, 'counting', { count: `${count}` })))
      jobs.push(await start(scene, 'counting', { count: `${count}` }))
      const over = await scene.call('run_ssh_command_background', { host_id: 'box', template_id: 'true' })
      expect(over).toMatchObject({ error: { code: 'JOB_LIMIT' } })
      const ends = await Promise.all(jobs.map(({ job_id }) => followCounting(scene, job_id)))
      for (const { status, read, dropped, last } of ends) {
        expect({ status, all: read + dropped, last }).toEqual({
          status: 'completed',
          all: countingBytes(count),
          last: count,
        })
      }
    })
    expect((await heldMemory()) - held).toBeLessThan(30_000_000)
    expect(most - before).toBeLessThan(400_000_000)
  })

  test('a long reply has head and tail, says what is missing, and the rest by its handle', async () => {
    const scene = await open({ SSH_MCP_OUTPUT_MAX_BYTES: '4096' })
    const reply = await scene.ok('run_ssh_command', {
      host_id: 'box',
      template_id: 'counting',
      params: { count: '100000' },
    })
    expect(reply).toMatchObject({ truncated: true, job_id: expect.stringMatching(/^job_/) })
    const [, head = '', missing = '', tail = ''] =
      /^(.*)\n\[\.\.\. (\d+) bytes left out \.\.\.\]\n(.*)$/s.exec(String(reply.stdout)) ?? []
    expect([head.startsWith('1\n2\n3\n'), tail.endsWith('\n99999\n100000\n')]).toEqual([true, true])
    expect(head.length + Number(missing) + tail.length).toBe(588_895)
    expect(Buffer.byteLength(`${reply.stdout}${reply.stderr}`)).toBeLessThanOrEqual(4096)
    expect(await followCounting(scene, reply.job_id)).toMatchObject({ status: 'completed', dropped: 0, last: 100_000 })
  })

  test('what a terminal would obey is taken out and counted', async () => {
    const scene = await open()
    expect(await scene.ok('run_ssh_command', { host_id: 'box', template_id: 'tricks' })).toMatchObject({
      stdout: 'abcd\n',
      redactions: { control_characters: 3 },
    })
  })

  test('1,000 calls, 32 at a time: no error, and descriptors and memory are back at the start', async () => {
    const scene = await open()
    const call = () => scene.ok('run_ssh_command', { host_id: 'box', template_id: 'true' })
    await call()
    const [before, held] = [openDescriptors(), await heldMemory()]
    let left = 1_000
    const worker = async (): Promise<void> => {
      while (left-- > 0) expect(await call()).toMatchObject({ exit_code: 0 })
    }
    await Promise.all(Array.from({ length: 32 }, worker))
    await eventually('descriptors to be given back', () => openDescriptors() <= before)
    expect((await heldMemory()) - held).toBeLessThan(10_000_000)
  })
})
