import type { StdioClient } from '@sshmcp/mcp/client'
import type { RedTeam, RunArguments } from './red-team.ts'
import type { Route } from './route.ts'

const hour = 3_600_000

/** Many calls at once; `APPROVAL_USED` when one was let through and every other refused as used. */
async function race(red: RedTeam, clients: readonly StdioClient[]): Promise<string> {
  const args = red.restart()
  const requestId = await red.approved(args)
  const codes = await Promise.all(clients.map((client) => red.run(args, requestId, client)))
  const losers = codes.filter((code) => code !== 'done')
  return losers.length === codes.length - 1 ? [...new Set(losers)].join(', ') : codes.join(', ')
}

/** What another server says to an approval that Bob gave. */
async function elsewhere(red: RedTeam, options: Parameters<RedTeam['server']>[0]): Promise<string> {
  const args = red.restart()
  const requestId = await red.approved(args)
  return red.run(args, requestId, await red.server(options))
}

/** An approval that was used in the first window. */
async function used(red: RedTeam): Promise<{ readonly args: RunArguments; readonly requestId: string }> {
  const args = red.restart()
  const requestId = await red.approved(args)
  await red.run(args, requestId)
  return { args, requestId }
}

/** Routes by doing it at another moment, or in another place. */
export const routesOfTime: readonly Route[] = [
  {
    kind: 'two consumers racing',
    attempt: 'eight calls with one approval at the same moment',
    ends: 'APPROVAL_USED',
    why: 'the mark of use is made by exclusive creation of a file: one caller makes it',
    approvedRuns: 1,
    play: (red) => race(red, Array(8).fill(red.client)),
  },
  {
    kind: 'two consumers racing',
    attempt: 'calls with one approval from three windows at the same moment',
    ends: 'APPROVAL_USED',
    why: 'the file system decides, not the memory of a process',
    approvedRuns: 1,
    play: async (red) => {
      const [second, third] = await Promise.all([red.server(), red.server()])
      return race(red, [red.client, second, third, red.client, second, third])
    },
  },
  {
    kind: 'clock moved',
    attempt: 'the clock is an hour ahead at the time of use',
    ends: 'APPROVAL_EXPIRED',
    why: 'an approval that is out of date is none',
    play: (red) => elsewhere(red, { clockOffMs: hour }),
  },
  {
    kind: 'clock moved',
    attempt: 'the clock is turned back to before the request, to make the approval last',
    ends: 'APPROVAL_EXPIRED',
    why: 'a request from the future is worth nothing',
    play: (red) => elsewhere(red, { clockOffMs: -hour }),
  },
  {
    kind: 'clock moved',
    attempt: 'asked by a server whose clock is an hour slow, used by one whose clock is right',
    ends: 'APPROVAL_EXPIRED',
    why: 'the end of a request is an instant that was written down, not a duration',
    play: async (red) => {
      const args = red.restart()
      return red.run(args, await red.ask(args, { client: await red.server({ clockOffMs: -hour }) }))
    },
  },
  {
    kind: 'replay after restart',
    attempt: 'the approved call is made again by a new process',
    ends: 'APPROVAL_USED',
    why: 'the mark of use lies on the disk',
    approvedRuns: 1,
    play: async (red) => {
      const { args, requestId } = await used(red)
      return red.run(args, requestId, await red.server())
    },
  },
  {
    kind: 'replay after restart',
    attempt: 'the one-time code is entered again by a new process',
    ends: 'APPROVAL_ALREADY_DECIDED',
    why: 'a request is decided once, and a code is bound to its request',
    approvedRuns: 1,
    play: async (red) => {
      const args = red.restart()
      const requestId = await red.ask(args)
      const code = await red.codeBy('bob', requestId)
      await red.enter(requestId, code)
      await red.run(args, requestId)
      return red.enter(requestId, code, await red.server())
    },
  },
  {
    kind: 'second window',
    attempt: 'used in one window, called again in another that was open all the time',
    ends: 'APPROVAL_USED',
    why: 'each check reads the store afresh',
    approvedRuns: 1,
    play: async (red) => {
      const second = await red.server()
      const { args, requestId } = await used(red)
      return red.run(args, requestId, second)
    },
  },
  {
    kind: 'second window',
    attempt: "another person's window uses the approval",
    ends: 'APPROVAL_OTHER_OPERATION',
    why: 'the requester is part of the operation',
    play: (red) => elsewhere(red, { as: 'carol' }),
  },
  {
    kind: 'second window',
    attempt: 'the request of a two-party server is put before the form of a one-person server',
    ends: 'APPROVAL_PENDING',
    why: 'of two servers that disagree about the mode the stricter one counts',
    play: async (red) => {
      const args = red.restart()
      const requestId = await red.ask(args)
      const alone = await red.server({
        env: { SSH_MCP_REQUIRE_TWO_PARTY_APPROVAL: 'false' },
        onForm: () => ({ action: 'accept', content: { typed: 'web-1' } }),
      })
      await red.ask(args, { client: alone })
      return red.run(args, requestId, alone)
    },
  },
]
