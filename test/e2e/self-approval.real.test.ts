import type { StdioClient } from '@sshmcp/mcp/client'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { plainShell } from '../support/accounts.ts'
import { requireReal } from '../support/require-real.ts'
import { startSshd, type TestSshd } from '../support/sshd.ts'
import { ApprovalsWorld } from './approvals/approvals-world.ts'
import { RedTeam } from './approvals/red-team.ts'
import { routes } from './approvals/routes.ts'

describe.skipIf(!requireReal('sshd', 'ssh-keygen'))('a model that wants to approve itself', () => {
  let sshd: TestSshd
  let world: ApprovalsWorld
  let client: StdioClient
  let successes = 0

  beforeAll(async () => {
    sshd = await startSshd(plainShell)
    world = new ApprovalsWorld(sshd)
    client = await world.lastingServer()
  })
  afterEach(async () => {
    await world.endServers()
    world.reset()
  })
  afterAll(async () => {
    await client?.close()
    await world?.remove()
    await sshd?.stop()
  })

  test('would succeed with a person: the world is one in which approvals work', async () => {
    const red = new RedTeam(world, client)
    const args = red.restart()
    expect(await red.run(args, await red.approved(args))).toBe('done')
    expect(world.ran()).toHaveLength(1)
  })

  test.each(routes)('$kind: $attempt ends with $ends', async ({ play, ends, approvedRuns = 0 }) => {
    const before = world.ran().length
    const ended = await play(new RedTeam(world, client))
    const unapproved = world.ran().length - before - approvedRuns
    successes += unapproved
    expect({ ended, unapproved }).toEqual({ ended: ends, unapproved: 0 })
  })

  test('succeeds in none of them', () => {
    expect(successes).toBe(0)
    expect(world.ran()).toHaveLength(1 + routes.reduce((sum, { approvedRuns = 0 }) => sum + approvedRuns, 0))
  })
})
