import { copyFileSync, rmSync, writeFileSync } from 'node:fs'
import type { ClientFormAnswer } from '@sshmcp/mcp/client'
import type { RedTeam } from './red-team.ts'
import type { Route } from './route.ts'

const guesses = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, n) => String(n).padStart(8, '0'))

/** Takes an identity out of the file, as `identities revoke` does. */
function revoke(red: RedTeam, person: string): void {
  red.world.writeIdentities(['alice', 'bob', 'carol'].filter((name) => name !== person))
}

/** Asks in one-person mode at a client that answers forms by itself. */
async function byItself(red: RedTeam, answer: ClientFormAnswer, isOnePerson = true): Promise<string> {
  const env = { SSH_MCP_REQUIRE_TWO_PARTY_APPROVAL: String(!isOnePerson) }
  const client = await red.server({ env, onForm: () => answer })
  const args = red.restart()
  return red.run(args, await red.ask(args, { client }), client)
}

/** Routes by a decision that no person made. */
export const routesOfPeople: readonly Route[] = [
  {
    kind: 'forged code',
    attempt: 'a made-up code, while no code was ever made',
    ends: 'APPROVAL_CODE_WRONG',
    why: 'a code is 40 random bits that only the approver was shown',
    play: async (red) => red.enter(await red.ask(red.restart()), 'K7Q2M9XD'),
  },
  {
    kind: 'forged code',
    attempt: 'the code that Bob made for another request',
    ends: 'APPROVAL_CODE_WRONG',
    why: 'a code is bound to its request',
    play: async (red) => {
      const code = await red.codeBy('bob', await red.ask(red.restart()))
      return red.enter(await red.ask(red.restart()), code)
    },
  },
  {
    kind: 'forged code',
    attempt: 'the id and the digest of the request as its code',
    ends: 'APPROVAL_PENDING',
    why: 'nothing that the requester is told is the code, or leads to it',
    play: async (red) => {
      const args = red.restart()
      const asked = { action: 'run_ssh_command', arguments: args, justification: 'x' }
      const { data } = await red.client.call('request_approval', asked)
      const requestId = String(data.request_id)
      for (const word of [requestId, String(data.digest), String(data.digest).slice(0, 8)])
        await red.enter(requestId, word)
      return red.run(args, requestId)
    },
  },
  {
    kind: 'brute force',
    attempt: 'five guesses, then the right code',
    ends: 'APPROVAL_DENIED',
    why: 'the fifth wrong code denies the request, for good',
    play: async (red) => {
      const args = red.restart()
      const requestId = await red.ask(args)
      const code = await red.codeBy('bob', requestId)
      for (const guess of guesses(5)) await red.enter(requestId, guess)
      await red.enter(requestId, code)
      return red.run(args, requestId)
    },
  },
  {
    kind: 'brute force',
    attempt: 'forty guesses at the same moment from two windows',
    ends: 'APPROVAL_DENIED',
    why: 'each try is a file that is created once, and there are five of them',
    play: async (red) => {
      const args = red.restart()
      const requestId = await red.ask(args)
      await red.codeBy('bob', requestId)
      const windows = [red.client, await red.server()]
      await Promise.all(guesses(40).map((guess, n) => red.enter(requestId, guess, windows[n % 2])))
      return red.run(args, requestId)
    },
  },
  {
    kind: 'brute force',
    attempt: 'the same is asked for again after the fifth guess, for five more',
    ends: 'APPROVAL_ALREADY_DECIDED',
    why: 'the same operation is the same request, which stays denied for the rest of its time',
    play: async (red) => {
      const args = red.restart()
      const requestId = await red.ask(args)
      for (const guess of guesses(5)) await red.enter(requestId, guess)
      return red.enter(await red.ask(args), '99999999')
    },
  },
  {
    kind: 'store edited',
    attempt: 'a decision is written into the store by hand',
    ends: 'APPROVAL_DAMAGED',
    why: 'each part carries a MAC that is checked when it is used; the key lies elsewhere',
    play: async (red) => {
      const args = red.restart()
      const requestId = await red.ask(args)
      const decision = { decider_id: 'bob', verdict: 'approved', channel: 'terminal' }
      writeFileSync(red.world.stored(requestId, 'decision'), `${JSON.stringify(decision)}\n${'0'.repeat(64)}`)
      return red.run(args, requestId)
    },
  },
  {
    kind: 'store edited',
    attempt: 'a real decision is copied from another request',
    ends: 'APPROVAL_DAMAGED',
    why: 'the MAC covers the place of a part, and a decision names its request',
    play: async (red) => {
      const args = red.restart()
      const requestId = await red.ask(args)
      const other = await red.approved(red.restart())
      copyFileSync(red.world.stored(other, 'decision'), red.world.stored(requestId, 'decision'))
      return red.run(args, requestId)
    },
  },
  {
    kind: 'store edited',
    attempt: 'the mark of use is deleted, and the same server asked again',
    ends: 'APPROVAL_USED',
    why: 'a process never forgets what it saw used',
    approvedRuns: 1,
    play: async (red) => {
      const args = red.restart()
      const requestId = await red.approved(args)
      await red.run(args, requestId)
      rmSync(red.world.stored(requestId, 'used'))
      return red.run(args, requestId)
    },
  },
  {
    kind: 'unset token',
    attempt: 'a server is started without a token, to be the OS user with every role',
    ends: 'exit code 2',
    why: 'once there are identities there is no local mode',
    play: (red) => red.starts(''),
  },
  {
    kind: 'unset token',
    attempt: 'a server is started with an empty token',
    ends: 'exit code 2',
    why: 'once there are identities there is no local mode',
    play: (red) => red.starts('', { SSH_MCP_AUTH_TOKEN: '' }),
  },
  {
    kind: 'unset token',
    attempt: 'a server is started with a token that nobody has',
    ends: 'exit code 2',
    why: 'an unknown token is nobody',
    play: (red) => red.starts('mallory'),
  },
  {
    kind: 'revoked identity',
    attempt: 'the person who approved is revoked before the use',
    ends: 'APPROVAL_DECIDER_INVALID',
    why: 'whether the approver may decide is looked at again when the approval is used',
    play: async (red) => {
      const args = red.restart()
      const requestId = await red.approved(args)
      revoke(red, 'bob')
      return red.run(args, requestId)
    },
  },
  {
    kind: 'revoked identity',
    attempt: 'the person who made the code is revoked before it is entered',
    ends: 'APPROVAL_DECIDER_INVALID',
    why: 'a code is the decision of the one who made it, at the time it counts',
    play: async (red) => {
      const requestId = await red.ask(red.restart())
      const code = await red.codeBy('bob', requestId)
      revoke(red, 'bob')
      return red.enter(requestId, code)
    },
  },
  {
    kind: 'revoked identity',
    attempt: 'the requester is revoked and its server still runs',
    ends: 'IDENTITY_TOKEN_UNKNOWN',
    why: 'each call finds out anew who is calling',
    play: async (red) => {
      const client = await red.server()
      const args = red.restart()
      const requestId = await red.approved(args, { client })
      revoke(red, 'alice')
      return red.run(args, requestId, client)
    },
  },
  {
    kind: 'elicitation auto-accept',
    attempt: 'one-person mode, and a client that accepts every form as it is',
    ends: 'APPROVAL_PENDING',
    why: 'a yes without the typed host_id is no approval',
    play: (red) => byItself(red, { action: 'accept', content: {} }),
  },
  {
    kind: 'elicitation auto-accept',
    attempt: 'one-person mode, and a client that fills in "yes"',
    ends: 'APPROVAL_PENDING',
    why: 'the word has to be the host_id of the request',
    play: (red) => byItself(red, { action: 'accept', content: { typed: 'yes' } }),
  },
  {
    kind: 'elicitation auto-accept',
    attempt: 'two-party mode, and a client that knows the word',
    ends: 'APPROVAL_PENDING',
    why: "the form of the requester's client is never asked where two people are required",
    play: (red) => byItself(red, { action: 'accept', content: { typed: 'web-1' } }, false),
  },
]
