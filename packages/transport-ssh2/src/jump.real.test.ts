import { readFileSync } from 'node:fs'
import { type Host, parseHostId } from '@sshmcp/kernel'
import { MemoryPrivateKeys } from '@sshmcp/transport/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { runLine } from '../../../test/support/collect.ts'
import { hostOf, linesOf, transportTo } from '../../../test/support/real-transport.ts'
import { requireReal } from '../../../test/support/require-real.ts'
import { startSshd, type TestSshd } from '../../../test/support/sshd.ts'

const never = new AbortController().signal
const [near, middle, far] = [parseHostId('near'), parseHostId('middle'), parseHostId('far')]

describe.skipIf(!requireReal('sshd', 'ssh-keygen'))('two hops and a host behind them', () => {
  let daemons: readonly TestSshd[]
  let hosts: ReadonlyMap<string, Host>

  beforeAll(async () => {
    daemons = await Promise.all([startSshd(), startSshd(), startSshd()])
    const [a, b, c] = daemons
    if (a === undefined || b === undefined || c === undefined) return
    hosts = new Map([
      [near, hostOf(a, { hostId: near, identityFile: 'a' })],
      [middle, hostOf(b, { hostId: middle, identityFile: 'b', proxyJump: near })],
      [far, hostOf(c, { hostId: far, identityFile: 'c', proxyJump: middle })],
    ])
  })
  afterAll(() => Promise.all((daemons ?? []).map((daemon) => daemon.stop())))

  const find = (id: string): Host => {
    const host = hosts.get(id)
    if (host === undefined) throw new Error('not in hosts.json')
    return host
  }
  const connect = (host: Host, distrusted = -1, jumpHost: ((id: string) => Host) | 'none' = find) => {
    const [a] = daemons
    if (a === undefined) throw new Error('nothing started')
    const lines = daemons.flatMap((daemon, index) => (index === distrusted ? [] : linesOf(daemon.knownHostsFile)))
    const keys = Object.fromEntries(
      daemons.map(({ identityFile }, index) => ['abc'[index], readFileSync(identityFile, 'utf8')]),
    )
    return transportTo(a, lines, {
      privateKeys: new MemoryPrivateKeys(keys),
      ...(jumpHost === 'none' ? {} : { jumpHost }),
    }).connect(host, never)
  }

  test('are gone through, each with its own login, and the facts are those of the last', async () => {
    const connection = await connect(find(far))
    expect(connection.facts.hostKeyFingerprint).toBe(daemons[2]?.hostKeyFingerprint)
    const { stdout } = await runLine(connection, 'echo "$SSH_CONNECTION"')
    expect(stdout.toString()).toMatch(new RegExp(` ${daemons[2]?.port}\n$`))
    await connection.close()
    expect((await connection.closed).reason).toBe('closed')
  })

  test.each([
    [0, 'near'],
    [1, 'middle'],
    [2, 'far'],
  ])('each hop is checked: an unknown key of hop %i is refused under its name', async (index, name) => {
    await expect(connect(find(far), index)).rejects.toMatchObject({
      code: 'TRANSPORT_HOST_KEY_UNKNOWN',
      message: expect.stringMatching(new RegExp(`^${name} `)),
    })
  })

  test('a host that a hop cannot reach is named with the hop', async () => {
    const nowhere = { ...find(far), port: 1 }
    await expect(connect(nowhere)).rejects.toMatchObject({
      code: 'TRANSPORT_UNREACHABLE',
      message: expect.stringMatching(/^middle .* made no connection to far /),
    })
  })

  test('a circle and an unknown hop are refused before anything is dialled', async () => {
    const circle = (id: string): Host => ({ ...find(id), proxyJump: far })
    await expect(connect(find(far), -1, circle)).rejects.toMatchObject({
      code: 'TRANSPORT_JUMP_INVALID',
      message: 'The proxy_jump of far goes round in a circle: far → middle → far.',
    })
    await expect(connect({ ...find(far), proxyJump: parseHostId('gone') })).rejects.toMatchObject({
      code: 'TRANSPORT_JUMP_INVALID',
      message: 'The proxy_jump of far names gone, which is not in hosts.json.',
    })
    await expect(connect({ ...find(far), proxyJump: far })).rejects.toMatchObject({ code: 'TRANSPORT_JUMP_INVALID' })
    await expect(connect(find(far), -1, 'none')).rejects.toMatchObject({ code: 'TRANSPORT_JUMP_INVALID' })
  })

  test('a hop that goes down takes the connection with it', async () => {
    const connection = await connect(find(far))
    const call = runLine(connection, 'sleep 30')
    setTimeout(() => daemons[0]?.kill(), 200)
    await expect(call).rejects.toMatchObject({ code: expect.stringMatching(/^TRANSPORT_CONNECTION_(LOST|DEAD)$/) })
    await connection.closed
  })
})
