import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { plainShell } from '../../../test/support/accounts.ts'
import { requireReal } from '../../../test/support/require-real.ts'
import { startSshd, type TestSshd } from '../../../test/support/sshd.ts'
import { contentOf } from './support/mcp-caller.ts'
import { TeamStage, template, tokenOf } from './support/team-stage.ts'

const team = Array.from({ length: 10 }, (_, n) => `user-${n}`)
const wanted = 200
const atOnceEach = 5
const durations = ['0', '0.05', '0.3', '1', '3']

describe.skipIf(!requireReal('sshd', 'ssh-keygen'))('SIGTERM to the built server, again and again', () => {
  let sshd: TestSshd
  beforeAll(async () => {
    sshd = await startSshd(plainShell)
  })
  afterAll(() => sshd?.stop())

  test.each([0, 1, 10, 40, 80, 120, 160, 190])(
    'after %d of 200 calls: whatever ran has its outcome and its caller the reply',
    async (after) => {
      const templates = durations.map((seconds, n) => template(`takes-${n}`, `sleep ${seconds}; echo done`))
      await using stage = await TeamStage.start(sshd, { names: team, templates })
      const sessions = await Promise.all(team.map((name) => stage.mcp.open(tokenOf(name))))
      const replies: unknown[] = []
      let left = wanted
      let exit: Promise<number | null> | undefined
      const stopAfter = (count: number): void => {
        if (replies.length >= count) exit ??= stage.server.stop()
      }
      const work = async (n: number): Promise<void> => {
        while (left-- > 0) {
          const args = { host_id: 'web-1', template_id: `takes-${left % durations.length}` }
          const sent = stage.mcp.send(tokenOf(team[n] ?? ''), sessions[n] ?? '', 'run_ssh_command', args)
          stopAfter(after)
          // Once it is gone nobody is there to say 503.
          const response = await sent.catch(() => undefined)
          if (response?.status !== 200) return
          replies.push((await contentOf(response)).audit_id)
          stopAfter(after)
        }
      }
      await Promise.all(team.flatMap((_, n) => Array.from({ length: atOnceEach }, () => work(n))))
      expect(await exit).toBe(0)
      const { entries, verified } = await stage.journal()
      expect(verified.report.verdict).toMatch(/^OK/)
      const of = (wantedKind: string) =>
        entries.filter(({ kind }) => kind === wantedKind).map(({ operation_id }) => operation_id)
      expect(of('outcome').toSorted()).toEqual(of('intent').toSorted())
      expect(of('outcome').toSorted()).toEqual(replies.toSorted())
      expect(replies.length).toBeGreaterThanOrEqual(after)
    },
  )
})
