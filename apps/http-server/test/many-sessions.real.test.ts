import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { plainShell } from '../../../test/support/accounts.ts'
import { requireReal } from '../../../test/support/require-real.ts'
import { startSshd, type TestSshd } from '../../../test/support/sshd.ts'
import { TeamStage, template, tokenOf } from './support/team-stage.ts'

const team = Array.from({ length: 20 }, (_, n) => `user-${n}`)
const sessionsEach = 10
const callsEach = 10
/** Every fifth goes to the host. */
const runsEach = callsEach / 5

describe.skipIf(!requireReal('sshd', 'ssh-keygen'))('the built server with many at once', () => {
  let sshd: TestSshd
  beforeAll(async () => {
    sshd = await startSshd(plainShell)
  })
  afterAll(() => sshd?.stop())

  test('200 sessions with 10 calls each: no error, and each sees what is its own identity’s and nothing else', async () => {
    await using stage = await TeamStage.start(sshd, { names: team, templates: [template('who', 'echo ran')] })
    const { mcp } = stage
    const connected = async (name: string) => {
      const session = await mcp.open(tokenOf(name))
      // Its stream of news stays open, as an editor has it.
      const headers = { authorization: `Bearer ${tokenOf(name)}`, 'mcp-session-id': session }
      const news = await fetch(`${stage.server.url}/mcp`, { headers: { ...headers, accept: 'text/event-stream' } })
      expect(news.status).toBe(200)
      return { name, session, news }
    }
    const editors = await Promise.all(
      team.flatMap((name) => Array.from({ length: sessionsEach }, () => connected(name))),
    )
    expect(new Set(editors.map(({ session }) => session)).size).toBe(200)
    const own = new Map<string, unknown>()
    for (const { name, session } of editors.filter((_, n) => n % sessionsEach === 0)) {
      own.set(name, (await mcp.call(tokenOf(name), session, 'ssh_connect', { host_id: 'web-1' })).session_id)
    }
    expect(new Set(own.values()).size).toBe(team.length)

    await Promise.all(
      editors.map(async ({ name, session }) => {
        for (let n = 0; n < callsEach; n++) {
          if (n % 5 === 0) {
            const where = { host_id: 'web-1', template_id: 'who' }
            const ran = await mcp.call(tokenOf(name), session, 'run_ssh_command', where)
            expect(ran).toMatchObject({ exit_code: 0, stdout: 'ran\n' })
          } else {
            const seen = await mcp.call(tokenOf(name), session, 'ssh_list_sessions')
            expect(seen).toMatchObject({ active_count: 1, sessions: [{ session_id: own.get(name) }] })
          }
        }
      }),
    )
    expect(await stage.server.stop()).toBe(0)
    // Streams of news end with the server, and end whole.
    await Promise.all(editors.map(({ news }) => news.text()))
    const { entries, verified } = await stage.journal()
    expect(verified.report.verdict).toMatch(/^OK/)
    const ran = entries.filter(({ kind, tool }) => kind === 'outcome' && tool === 'run_ssh_command')
    for (const name of team) {
      const mine = ran.filter(({ user_id }) => user_id === name)
      expect(mine.map(({ status }) => status)).toEqual(Array.from({ length: sessionsEach * runsEach }, () => 'ok'))
    }
  })
})
