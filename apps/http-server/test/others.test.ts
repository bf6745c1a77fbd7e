import { tokenSha256 } from '@sshmcp/identity'
import { MemoryTree } from '@sshmcp/transport/testing'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { HttpBench } from './support/http-bench.ts'
import { visitor } from './support/page-bench.ts'

const tokens = { alice: 'token-of-alice', bob: 'token-of-bob', carol: 'token-of-carol' }
const roles = { alice: ['operator'], bob: ['admin'], carol: ['developer'] }
const risky = {
  ...{ template_id: 'restart', description: 'Restarts it', argv: ['true'], allowed_params: {} },
  risk_level: 'high',
}
const restart = { host_id: 'web-1', template_id: 'restart' }

let bench: HttpBench
beforeEach(async () => {
  bench = await HttpBench.start({ templates: [risky], tree: new MemoryTree() })
  const people = ['alice', 'bob', 'carol'] as const
  bench.folder.write('identities.json', {
    identities: people.map((user_id) => ({
      user_id,
      roles: roles[user_id],
      token_sha256: tokenSha256(tokens[user_id]),
    })),
  })
})
afterEach(() => bench.close())

const as = async (name: keyof typeof tokens) => {
  const session = await bench.open(tokens[name])
  return (tool: string, args: object = {}) => bench.call(tokens[name], session, tool, { ...args })
}

async function signedIn(name: keyof typeof tokens) {
  const person = visitor(bench.http.app, 'http://127.0.0.1:8022')
  expect((await person.signIn(tokens[name])).status).toBe(303)
  return person
}

async function asked(): Promise<string> {
  const why = 'nginx does not answer since 08:00'
  const alice = await as('alice')
  const { request_id } = await alice('request_approval', {
    action: 'run_ssh_command',
    arguments: restart,
    justification: why,
  })
  return String(request_id)
}

const never = 'apr_000000000000000000000000'

test('somebody else’s approval is not there on the pages, as one that never was: not to see, not to decide', async () => {
  const id = await asked()
  const carol = await signedIn('carol')
  expect(await carol.text('/approvals')).toContain('Nothing waits for a decision')
  const form_token = await carol.formToken()
  const decisions = { approve: { typed_word: 'web-1', how: 'now' }, deny: { reason: 'no' } }
  const answers = async (request: string) => [
    await carol.send(`/approvals/${request}`),
    await carol.post(`/approvals/${request}/approve`, { form_token, ...decisions.approve }),
    await carol.post(`/approvals/${request}/approve`, { form_token, ...decisions.approve, how: 'code' }),
    await carol.post(`/approvals/${request}/deny`, { form_token, ...decisions.deny }),
  ]
  const others = await answers(id)
  expect(others.map(({ status }) => status)).toEqual([404, 404, 404, 404])
  const texts = async (responses: readonly Response[]) => Promise.all(responses.map((response) => response.text()))
  const nobodys = (await texts(await answers(never))).map((text) => text.replaceAll(never, id))
  expect(await texts(others)).toEqual(nobodys)
  const bob = await signedIn('bob')
  expect(await bob.text(`/approvals/${id}`)).toContain('badge pending')
})

test('who asks is told the page on which somebody else decides', async () => {
  const request = { action: 'run_ssh_command', arguments: restart, justification: 'it hangs' }
  const { request_id, how_to_approve } = await (await as('alice'))('request_approval', request)
  expect(how_to_approve).toContain(`somebody other than alice opens http://127.0.0.1:8022/approvals/${request_id} or`)
})

test('somebody else’s approval is not there for an assistant either', async () => {
  const id = await asked()
  const carol = await as('carol')
  expect(await carol('list_pending_approvals')).toMatchObject({ pending: [] })
  const redeem = (request_id: string) => carol('approve_request', { request_id, approval_token: 'ABCD1234' })
  const codeOf = async (request_id: string) => Object(await redeem(request_id)).error?.code
  expect(await codeOf(id)).toBe(await codeOf(never))
  expect(Object(await (await as('alice'))('list_pending_approvals')).pending).toHaveLength(1)
})
