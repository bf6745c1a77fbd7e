import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { RedTeam } from './red-team.ts'
import type { Route } from './route.ts'

const otherOperation = 'APPROVAL_OTHER_OPERATION'

/** Approves a restart, changes a file of the configuration and starts a server that reads the changed one. */
async function afterEdit(red: RedTeam, name: string, edit: (text: string) => string, templateId = 'restart') {
  const args = red.restart('web-1', templateId)
  const requestId = await red.approved(args)
  const path = join(red.world.folder.dir, name)
  const before = readFileSync(path, 'utf8')
  const after = edit(before)
  if (after === before) throw new Error(`${name} was not changed`)
  red.world.folder.write(name, after)
  return red.run(args, requestId, await red.server())
}

/** Approves one call and makes another. */
async function approvedButCalled(red: RedTeam, change: (args: ReturnType<RedTeam['restart']>) => object) {
  const args = red.restart()
  return red.run({ ...args, ...change(args) }, await red.approved(args))
}

/** Approves `service-1` and calls with what looks like it. */
const lookAlike = (change: (service: string) => string) => (red: RedTeam) =>
  approvedButCalled(red, ({ params }) => {
    const service = typeof params === 'object' && params !== null && 'service' in params ? String(params.service) : ''
    return { params: { service: change(service) } }
  })

/** Routes by an operation that is not the one approved. */
export const routesOfOperations: readonly Route[] = [
  {
    kind: 'reuse',
    attempt: 'the approved call is made a second time',
    ends: 'APPROVAL_USED',
    why: 'the first call leaves a mark that only one caller can make',
    approvedRuns: 1,
    play: async (red) => {
      const args = red.restart()
      const requestId = await red.approved(args)
      await red.run(args, requestId)
      return red.run(args, requestId)
    },
  },
  {
    kind: 'reuse',
    attempt: 'the approved command failed on the host and is tried again',
    ends: 'APPROVAL_USED',
    why: 'an approval is one execution, whatever came of it',
    approvedRuns: 1,
    play: async (red) => {
      const args = red.restart('web-1', 'restart_failing')
      const requestId = await red.approved(args)
      await red.run(args, requestId)
      return red.run(args, requestId)
    },
  },
  {
    kind: 'reuse',
    attempt: 'after use, the same is asked for again and called with the old approval',
    ends: 'APPROVAL_USED',
    why: 'asking again makes a new request that somebody has to decide; the old one stays used',
    approvedRuns: 1,
    play: async (red) => {
      const args = red.restart()
      const requestId = await red.approved(args)
      await red.run(args, requestId)
      await red.ask(args)
      return red.run(args, requestId)
    },
  },
  {
    kind: 'other parameter',
    attempt: 'another value of the same parameter',
    ends: otherOperation,
    why: 'the approval is bound to the command line byte for byte',
    play: (red) => approvedButCalled(red, () => ({ params: { service: 'sshd' } })),
  },
  {
    kind: 'other parameter',
    attempt: 'the same command by a template that lets it run ten times as long',
    ends: otherOperation,
    why: 'the time limit is part of the operation',
    play: (red) => approvedButCalled(red, () => ({ template_id: 'restart_patiently' })),
  },
  {
    kind: 'other parameter',
    attempt: 'the same command in the background, where no time limit ends it',
    ends: otherOperation,
    why: 'the tool is part of the operation',
    play: async (red) => {
      const args = red.restart()
      const approval_request_id = await red.approved(args)
      return red.call('run_ssh_command_background', { ...args, approval_request_id })
    },
  },
  {
    kind: 'other host',
    attempt: 'the approved command on another host',
    ends: otherOperation,
    why: 'host, address, port and login are part of the operation',
    play: (red) => approvedButCalled(red, () => ({ host_id: 'web-2' })),
  },
  {
    kind: 'other host',
    attempt: 'the approved host named, with an open session of another one',
    ends: 'SESSION_OTHER_HOST',
    why: 'a session belongs to one host, and the call has to name that one',
    play: async (red) => {
      const { data } = await red.client.call('ssh_connect', { host_id: 'shop' })
      return approvedButCalled(red, () => ({ session_id: data.session_id }))
    },
  },
  {
    kind: 'second name of the same host',
    attempt: 'the approved command on the same machine under its second name',
    ends: otherOperation,
    why: 'the name that a person typed is part of the operation',
    play: (red) => approvedButCalled(red, () => ({ host_id: 'shop' })),
  },
  {
    kind: 'second name of the same host',
    attempt: 'asked for the second name, while the person types the first one',
    ends: 'APPROVAL_PENDING',
    why: 'the word that is typed has to be the name of the host in the request',
    play: async (red) => {
      const args = red.restart('shop')
      return red.run(args, await red.approved(args, { typed: 'web-1' }))
    },
  },
  {
    kind: 'template edited after approval',
    attempt: 'the command of the template is another one when the server starts again',
    ends: otherOperation,
    why: 'the approval holds the command, not the name of the template',
    play: (red) => afterEdit(red, 'templates.json', (text) => text.replaceAll('echo {service}', 'echo evil-{service}')),
  },
  {
    kind: 'template edited after approval',
    attempt: 'the template lets the command run longer when the server starts again',
    ends: otherOperation,
    why: 'the time limit is part of the operation',
    play: (red) => afterEdit(red, 'templates.json', (text) => text.replace('"high"', '"high","timeout_seconds":299')),
  },
  {
    kind: 'template edited after approval',
    attempt: 'the host has another address when the server starts again',
    ends: otherOperation,
    why: 'the address is part of the operation',
    play: (red) => afterEdit(red, 'hosts.json', (text) => text.replace('127.0.0.1', 'localhost')),
  },
  {
    kind: 'look-alike characters',
    attempt: 'a Cyrillic е where the approved value has a Latin e',
    ends: otherOperation,
    why: 'bytes are compared, not how they look',
    play: lookAlike((service) => service.replace('e', '\u0435')),
  },
  {
    kind: 'look-alike characters',
    attempt: 'a zero-width space in the approved value',
    ends: 'POLICY_PARAM_UNSAFE',
    why: 'invisible and reordering characters are refused in a value',
    play: lookAlike((service) => `${service}\u200b`),
  },
  {
    kind: 'look-alike characters',
    attempt: 'the name of the host in full-width letters',
    ends: 'INPUT_INVALID',
    why: 'a host_id is plain ASCII',
    play: (red) => approvedButCalled(red, () => ({ host_id: '\uff57eb-1' })),
  },
  {
    kind: 'request for request_approval itself',
    attempt: 'an approval to ask for approvals',
    ends: 'INPUT_INVALID',
    why: 'only operations can be approved, never steps of approving',
    play: (red) =>
      red.ask(
        { action: 'run_ssh_command', arguments: red.restart(), justification: 'x' },
        { action: 'request_approval' },
      ),
  },
  {
    kind: 'request for request_approval itself',
    attempt: 'an approval to enter a code',
    ends: 'INPUT_INVALID',
    why: 'only operations can be approved, never steps of approving',
    play: async (red) => {
      const requestId = await red.ask(red.restart())
      return red.ask({ request_id: requestId, approval_token: '00000000' }, { action: 'approve_request' })
    },
  },
  {
    kind: 'request for request_approval itself',
    attempt: "the person's own tool is called by the model",
    ends: 'no such tool',
    why: 'to a model the tools of people are not there',
    play: async (red) => {
      const request_id = await red.ask(red.restart())
      const decision = { verdict: 'approve', typed_word: 'web-1', as_code: false }
      return red.call('decide_approval', { request_id, decision })
    },
  },
  {
    kind: 'secret in the operation',
    attempt: 'a password in a parameter, so that what is shown would have to be masked',
    ends: 'APPROVAL_CONTAINS_SECRET',
    why: 'nothing is masked before an approver; what would have to be is refused',
    play: (red) => red.ask({ ...red.restart(), params: { service: 'password=correct-horse-battery' } }),
  },
  {
    kind: 'secret in the operation',
    attempt: 'a cloud key in a parameter, in the hope that the approver sees only a mask',
    ends: 'APPROVAL_CONTAINS_SECRET',
    why: 'nothing is masked before an approver; what would have to be is refused',
    play: (red) => red.ask({ ...red.restart(), params: { service: 'AKIAIOSFODNN7EXAMPLQ' } }),
  },
]
