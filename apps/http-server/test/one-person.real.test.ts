import { fileURLToPath } from 'node:url'
import { type ClientForm, connectStdioClient } from '@sshmcp/mcp/client'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { plainShell } from '../../../test/support/accounts.ts'
import { requireReal } from '../../../test/support/require-real.ts'
import { startSshd, type TestSshd } from '../../../test/support/sshd.ts'
import { type Message, messages } from './support/mcp-caller.ts'
import { restart } from './support/page-bench.ts'
import { TeamStage, template, tokenOf } from './support/team-stage.ts'

const cli = fileURLToPath(new URL('../../cli/dist/index.js', import.meta.url))
const token = tokenOf('alice')
const params = { service: '^[a-z]+$' }
const risky = { ...template('restart_service', 'echo restarted {service}'), allowed_params: params, risk_level: 'high' }

describe.skipIf(!requireReal('sshd', 'ssh-keygen'))('one person decides by the form of the client, over HTTP', () => {
  let sshd: TestSshd
  let stage: TeamStage
  beforeAll(async () => {
    sshd = await startSshd(plainShell)
  })
  beforeEach(async () => {
    const env = { SSH_MCP_REQUIRE_TWO_PARTY_APPROVAL: 'false' }
    stage = await TeamStage.start(sshd, { names: ['alice'], templates: [risky], env })
    return () => stage[Symbol.asyncDispose]()
  })
  afterAll(() => sshd?.stop())

  /** Asks for the approval and answers the form; gives the form and what the request came to. */
  async function asked(session: string, result: object): Promise<readonly Message[]> {
    const seen: Message[] = []
    for await (const message of messages(await stage.mcp.send(token, session, 'request_approval', restart))) {
      seen.push(message)
      if (message.method !== 'elicitation/create') continue
      const answered = await stage.mcp.rpc(token, { id: message.id, result }, { 'mcp-session-id': session })
      expect(answered.status).toBe(202)
    }
    return seen
  }

  const approvalOf = (seen: readonly Message[]) => seen.at(-1)?.result?.structuredContent
  const run = (session: string, approval_request_id: unknown) =>
    stage.mcp.call(token, session, 'run_ssh_command', { ...restart.arguments, approval_request_id })

  test('the form is asked on the stream of the request, the host is typed there, and it runs once', async () => {
    const session = await stage.mcp.open(token, { elicitation: { form: {} } })
    const seen = await asked(session, { action: 'accept', content: { typed: 'web-1' } })
    expect(seen[0]).toMatchObject({
      method: 'elicitation/create',
      params: {
        mode: 'form',
        message: expect.stringMatching(/\| echo restarted '?nginx/),
        requestedSchema: { required: ['typed'] },
      },
    })
    const approval = approvalOf(seen)
    expect(approval).toMatchObject({ status: 'approved', mode: 'one-person' })
    const { request_id } = Object(approval)
    expect(await run(session, request_id)).toMatchObject({ exit_code: 0, stdout: 'restarted nginx\n' })
    expect(await run(session, request_id)).toMatchObject({ error: { code: 'APPROVAL_USED' } })
    const { entries, verified } = await stage.journal()
    expect(verified.report.verdict).toMatch(/^OK/)
    const steps = entries.filter((entry) => entry.approval_request_id === request_id)
    expect(steps.map(({ kind, user_id }) => `${kind} ${user_id}`)).toEqual([
      ...['approval.requested alice', 'approval.decided alice'],
      ...['intent alice', 'approval.spent alice', 'outcome alice', 'decision alice'],
    ])
  })

  test.each([
    ['a yes without the word', { action: 'accept', content: {} }],
    ['another word', { action: 'accept', content: { typed: 'yes' } }],
    ['a form that is sent away', { action: 'cancel' }],
    ['a no, which some clients give by themselves', { action: 'decline' }],
  ])('%s approves nothing', async (_, answer) => {
    const session = await stage.mcp.open(token, { elicitation: { form: {} } })
    const approval = approvalOf(await asked(session, answer))
    expect(approval).toMatchObject({ status: 'pending' })
    expect(await run(session, Object(approval).request_id)).toMatchObject({ error: { code: 'APPROVAL_PENDING' } })
  })

  test('through `sshmcp connect` the form gets to the person at the editor', async () => {
    const forms: ClientForm[] = []
    const assistant = await connectStdioClient({
      command: process.execPath,
      args: [cli, 'connect', stage.server.url],
      env: { HOME: stage.folder.dir, SSH_MCP_AUTH_TOKEN_FILE: stage.folder.write('token', `${token}\n`) },
      onForm: (form) => {
        forms.push(form)
        return { action: 'accept', content: { typed: 'web-1' } }
      },
    })
    const { request_id } = (await assistant.call('request_approval', restart)).data
    expect(forms).toMatchObject([{ fields: ['typed'], text: expect.stringContaining('web-1') }])
    const ran = await assistant.call('run_ssh_command', { ...restart.arguments, approval_request_id: request_id })
    expect(ran.data).toMatchObject({ exit_code: 0, stdout: 'restarted nginx\n' })
    await assistant.close()
  })
})
