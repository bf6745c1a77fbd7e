import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { AuditEntry } from '@sshmcp/runtime'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { plainShell } from '../../../test/support/accounts.ts'
import { eventually, processesWith } from '../../../test/support/remote-processes.ts'
import { requireReal } from '../../../test/support/require-real.ts'
import { startSshd, type TestSshd } from '../../../test/support/sshd.ts'
import { contentOf } from './support/mcp-caller.ts'
import { TeamStage, template, tokenOf } from './support/team-stage.ts'

const team = ['alice', 'bob', 'carol', 'dave', 'erin', 'frank', 'grace', 'heidi', 'ivan', 'judy']
const wanted = 200
const atOnceEach = 4
/** Of a command that does not end; found by it among the processes of the machine. */
const seconds = '98231'

describe.skipIf(!requireReal('sshd', 'ssh-keygen'))('SIGTERM to the built server', () => {
  let sshd: TestSshd
  beforeAll(async () => {
    sshd = await startSshd(plainShell)
  })
  afterAll(() => sshd?.stop())

  const of = (entries: readonly AuditEntry[], kind: string) => entries.filter((entry) => entry.kind === kind)
  const operations = (entries: readonly AuditEntry[]) => entries.map(({ operation_id }) => operation_id).toSorted()

  test('in the middle of 200 calls: what runs finishes, what comes is told to come back, no outcome is lost', async () => {
    await using stage = await TeamStage.start(sshd, {
      names: team,
      templates: [
        template('brief', 'sleep 0.2; echo done'),
        template('held', `while ! test -e ${sshd.folder}/go-on; do sleep 0.1; done; echo held`),
      ],
    })
    const run = (template_id: string) => ({ host_id: 'web-1', template_id })
    const sessions = await Promise.all(team.map((name) => stage.mcp.open(tokenOf(name))))
    const send = (n: number, template_id: string) =>
      stage.mcp.send(tokenOf(team[n] ?? ''), sessions[n] ?? '', 'run_ssh_command', run(template_id))
    const held = send(0, 'held').then(contentOf)
    const done: unknown[] = []
    const refused: Response[] = []
    let left = wanted
    let exit: Promise<number | null> | undefined
    const work = async (n: number): Promise<void> => {
      while (left-- > 0) {
        const response = await send(n, 'brief')
        if (response.status !== 200) return void refused.push(response)
        const result = await contentOf(response)
        done.push(result)
        if (done.length >= wanted / 3) exit ??= stage.server.stop()
      }
    }
    await Promise.all(team.flatMap((_, n) => Array.from({ length: atOnceEach }, () => work(n))))

    // The held call keeps it open, so that everybody who comes meanwhile is answered.
    expect(refused).toHaveLength(team.length * atOnceEach)
    for (const response of refused) {
      expect([response.status, response.headers.get('retry-after')]).toEqual([503, '5'])
      expect(await response.json()).toMatchObject({ error: { code: 'HTTP_STOPPING', next: expect.any(String) } })
    }
    const ready = await fetch(`${stage.server.url}/readyz`)
    expect([ready.status, await ready.json()]).toEqual([503, expect.objectContaining({ status: 'stopping' })])
    expect((await fetch(`${stage.server.url}/healthz`)).status).toBe(200)
    expect((await fetch(`${stage.server.url}/sign-in`)).status).toBe(503)
    const notWanted = { method: 'notifications/cancelled', params: { requestId: 4711 } }
    const told = await stage.mcp.rpc(tokenOf('alice'), notWanted, { 'mcp-session-id': sessions[0] ?? '' })
    expect(told.status).toBe(202)
    writeFileSync(join(sshd.folder, 'go-on'), '')
    expect(await held).toMatchObject({ exit_code: 0, stdout: 'held\n' })
    expect(await exit).toBe(0)
    await expect(fetch(`${stage.server.url}/healthz`)).rejects.toThrow()

    expect(done.length).toBeGreaterThan(wanted / 3)
    for (const result of done) expect(result).toMatchObject({ exit_code: 0, stdout: 'done\n' })
    const { entries, verified } = await stage.journal()
    expect(verified.report.verdict).toMatch(/^OK/)
    expect(of(entries, 'intent')).toHaveLength(done.length + 1)
    expect(operations(of(entries, 'outcome'))).toEqual(operations(of(entries, 'intent')))
    expect(of(entries, 'outcome').filter(({ status }) => status !== 'ok')).toEqual([])
  })

  test('while commands run that do not end: they are ended on the host, said to their callers, and recorded', async () => {
    await using stage = await TeamStage.start(sshd, {
      names: team,
      templates: [template('endless', `sleep ${seconds}`)],
    })
    const endless = { host_id: 'web-1', template_id: 'endless' }
    const sessions = await Promise.all(team.map((name) => stage.mcp.open(tokenOf(name))))
    const calls = team.map((name, n) => stage.mcp.call(tokenOf(name), sessions[n] ?? '', 'run_ssh_command', endless))
    const job = await stage.mcp.call(tokenOf('alice'), sessions[0] ?? '', 'run_ssh_command_background', endless)
    expect(job).toMatchObject({ status: 'running' })
    await eventually('the commands to run', () => processesWith(seconds).length === team.length + 1)
    expect(await stage.server.stop()).toBe(0)
    for (const result of await Promise.all(calls)) {
      expect(result).toMatchObject({ exit_code: null, remote_process: 'dead', audit_id: expect.any(String) })
    }
    expect(processesWith(seconds)).toEqual([])
    const { entries, verified } = await stage.journal()
    expect(verified.report.verdict).toMatch(/^OK/)
    expect(operations(of(entries, 'outcome'))).toEqual(operations(of(entries, 'intent')))
    const ends = of(entries, 'outcome').filter(({ tool }) => tool === 'run_ssh_command')
    expect(ends).toHaveLength(team.length)
    for (const end of ends) expect(end).toMatchObject({ status: 'cancelled', detail: { remote_process: 'dead' } })
  })
})
