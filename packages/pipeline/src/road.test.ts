import { type Action, type Credential, type Principal, type Role, SshMcpError } from '@sshmcp/kernel'
import { aHost, aPrincipal, ManualClock, sequentialIds } from '@sshmcp/kernel/testing'
import { parsePolicy, parseTemplates, type Rules } from '@sshmcp/policy'
import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import { toolFactory } from './define-tool.ts'
import { createPipeline } from './pipeline.ts'
import type { CallRequest } from './pipeline-deps.ts'
import type { ApprovalGate } from './ports.ts'
import type { Confirmation } from './stages/confirmed.ts'
import type { CallHooks } from './stages/recorded.ts'
import { MemoryJournal, noKeys } from './testing/index.ts'

interface Services {
  /** Stands for a host: counts how often it was touched. */
  readonly host: { run(line: string, signal: AbortSignal): Promise<string> }
}

const defineTool = toolFactory<Services>()
const hints = { readOnlyHint: false, destructiveHint: true, idempotentHint: false, openWorldHint: false }
const rules: Rules = {
  hosts: [aHost()],
  templates: parseTemplates(
    JSON.stringify([
      { template_id: 'disk_usage', description: 'Disk usage', command: 'df -h', allowed_params: {}, risk_level: 'low' },
      { template_id: 'restart', description: 'Restart', argv: ['systemctl', 'restart', 'nginx'], risk_level: 'high' },
    ]),
    'templates.json',
  ),
  policy: parsePolicy(undefined),
  readOnly: false,
}

const run = defineTool({
  name: 'run',
  title: 'Run',
  description: 'Run a template.',
  risk: 'medium',
  annotations: hints,
  verb: 'host.exec',
  input: z.strictObject({ template_id: z.string(), approval: z.string().default('') }),
  output: z.object({ stdout: z.string() }),
  needs: ['host'],
  plan: ({ template_id }, catalog) => {
    const host = catalog.host('web-1')
    return { verb: 'host.exec', host, command: catalog.render(host, template_id, {}) }
  },
  approvalOf: ({ approval }) => approval,
  execute: async ({ command }, { host }, { signal, progress }) => {
    progress(1, 2, 'half way, password=hunter2')
    return { stdout: await host.run(command.line, signal) }
  },
  note: () => ({ status: 'ok', detail: { exit_code: 0 } }),
})

const list = defineTool({
  name: 'list',
  title: 'List',
  description: 'List hosts.',
  risk: 'low',
  annotations: { ...hints, readOnlyHint: true },
  verb: 'catalog.read',
  input: z.strictObject({ selector: z.string().default('') }),
  output: z.object({ selector: z.string() }),
  needs: [],
  plan: ({ selector }) => ({ verb: 'catalog.read', what: 'hosts', selector }),
  execute: async (action) => ({ selector: action.what === 'hosts' ? action.selector : '' }),
})

/** Needs an approval and touches no host; knows beforehand what it will not do. */
const withdraw = defineTool({
  name: 'withdraw',
  title: 'Withdraw',
  description: 'Withdraw a certificate.',
  risk: 'high',
  annotations: hints,
  verb: 'cert.revoke',
  input: z.strictObject({ cert_id: z.string(), approval: z.string().default('') }),
  output: z.object({ done: z.boolean() }),
  needs: [],
  plan: ({ cert_id }) => ({ verb: 'cert.revoke', certId: cert_id, reason: '' }),
  approvalOf: ({ approval }) => approval,
  check: async ({ certId }) => {
    if (certId === 'none') throw new SshMcpError('CERT_UNKNOWN', { message: 'No such certificate.', next: 'Look.' })
  },
  execute: async () => ({ done: true }),
})

/** Takes names of the caller's own choosing. */
const note = defineTool({
  ...{ name: 'note', title: 'Note', description: 'Note.', risk: 'low', annotations: hints, verb: 'catalog.read' },
  input: z.strictObject({ notes: z.record(z.string(), z.string()) }),
  output: z.object({}),
  needs: [],
  plan: () => ({ verb: 'catalog.read', what: 'hosts', selector: '' }),
  execute: async () => ({}),
})

const nobodyApproves: ApprovalGate = {
  check: async () => {
    throw new SshMcpError('APPROVAL_REQUIRED', { message: 'Needs an approval.', next: 'Ask for one.' })
  },
}

interface Setup {
  readonly roles?: readonly Role[]
  readonly gate?: ApprovalGate
  readonly output?: (line: string) => Promise<string>
  readonly confirmation?: Confirmation
  readonly authenticate?: (credential: Credential) => Principal
}

function aPipeline({
  roles = ['operator'],
  gate = nobodyApproves,
  output = async () => 'done',
  authenticate,
  confirmation = 'auto',
}: Setup = {}) {
  const journal = new MemoryJournal()
  const touched: string[] = []
  const faults: unknown[] = []
  const clock = new ManualClock()
  const pipeline = createPipeline<Services>({
    tools: [run, list, withdraw, note],
    rules,
    keys: noKeys,
    authenticate: authenticate ?? (() => aPrincipal(...roles)),
    journal,
    redactor: {
      text: (text) => text.replaceAll('hunter2', '[REDACTED]'),
      value: (value) => JSON.parse(JSON.stringify(value).replaceAll('hunter2', '[REDACTED]')),
    },
    gate,
    confirmation,
    clock,
    ids: sequentialIds(),
    bind: (_principal, hooks: CallHooks) => ({
      host: {
        async run(line) {
          await hooks.connected({ login: 'deploy' })
          touched.push(line)
          return output(line)
        },
      },
    }),
    onFault: (_auditId, cause) => faults.push(cause),
  })
  const call = (tool: string, args: unknown, extra: Partial<CallRequest> = {}) =>
    pipeline.call({
      tool,
      args,
      credential: { kind: 'local' },
      client: { name: 'test', version: '1' },
      signal: new AbortController().signal,
      via: 'model',
      ...extra,
    })
  return { call, journal, touched, faults, clock }
}

const kinds = (journal: MemoryJournal) => journal.lines.map(({ kind }) => kind)

describe('a call that is allowed', () => {
  test('is recorded before and after, and answers with its audit id', async () => {
    const { call, journal, touched } = aPipeline()
    const reply = await call('run', { template_id: 'disk_usage' })
    expect(reply).toEqual({
      isError: false,
      result: { stdout: 'done', audit_id: 'op_000001' },
      meta: { risk_level: 'medium', confirmation_required: true, approval_required: false },
    })
    expect(touched).toEqual(['df -h'])
    expect(journal.lines).toMatchObject([
      { kind: 'intent', record: { operationId: 'op_000001', tool: 'run', principal: { userId: 'alice' } } },
      { kind: 'outcome', outcome: { status: 'ok', detail: { exit_code: 0 }, connection: { login: 'deploy' } } },
    ])
  })

  test('that only reads our own state has one record', async () => {
    const { call, journal } = aPipeline()
    expect(await call('list', {})).toMatchObject({ isError: false, result: { selector: '' } })
    expect(kinds(journal)).toEqual(['single'])
  })

  test('leaves redacted: result and progress', async () => {
    const { call } = aPipeline({ output: async () => 'the password is hunter2' })
    const told: string[] = []
    const progress = (_done: number, _total: number, text: string) => told.push(text)
    const reply = await call('run', { template_id: 'disk_usage' }, { progress })
    expect(reply).toMatchObject({ result: { stdout: 'the password is [REDACTED]' } })
    expect(told).toEqual(['half way, password=[REDACTED]'])
  })
})

describe('a call that is refused touches no host and is recorded', () => {
  const refused = (error: object) => expect.objectContaining({ isError: true, error: expect.objectContaining(error) })

  test.each<[string, Setup, string, unknown, string]>([
    ['no role', { roles: [] }, 'run', { template_id: 'disk_usage' }, 'POLICY_HOST_UNKNOWN'],
    ['a role that may not', { roles: ['auditor'] }, 'run', { template_id: 'disk_usage' }, 'POLICY_HOST_UNKNOWN'],
    ['unknown template', {}, 'run', { template_id: 'disk_usag' }, 'POLICY_TEMPLATE_UNKNOWN'],
    ['needs an approval', {}, 'run', { template_id: 'restart' }, 'APPROVAL_REQUIRED'],
    ['missing field', {}, 'run', {}, 'INPUT_INVALID'],
    ['unknown field', {}, 'list', { selectr: 'x' }, 'INPUT_INVALID'],
    ['unknown tool', {}, 'rm', {}, 'INPUT_TOOL_UNKNOWN'],
  ])('%s', async (_, setup, tool, args, code) => {
    const { call, journal, touched } = aPipeline(setup)
    expect(await call(tool, args)).toEqual(refused({ code, audit_id: 'op_000001' }))
    expect(touched).toEqual([])
    expect(journal.lines).toMatchObject([
      { kind: 'single', record: { tool }, outcome: { status: 'denied', error: { code } } },
    ])
  })

  test('a caller who is nobody', async () => {
    const authenticate = () => {
      throw new SshMcpError('IDENTITY_TOKEN_UNKNOWN', { message: 'Unknown token.', next: 'Ask for one.' })
    }
    const { call, journal } = aPipeline({ authenticate })
    expect(await call('list', {})).toEqual(refused({ code: 'IDENTITY_TOKEN_UNKNOWN' }))
    expect(journal.lines).toMatchObject([
      { kind: 'single', record: { principal: undefined }, outcome: { status: 'denied' } },
    ])
  })

  test('an unknown field names the nearest one', async () => {
    const { call } = aPipeline()
    expect(await call('list', { selectr: 'x' })).toEqual(refused({ field: 'selectr', candidates: ['selector'] }))
  })

  test('a flood of unknown fields, or a field as long as a book, gets a short answer', async () => {
    const { call } = aPipeline()
    const many = Object.fromEntries(Array.from({ length: 50_000 }, (_, index) => [`k${index}`, 1]))
    expect(await call('list', many)).toEqual(
      refused({ message: 'Unknown field "k0", "k1", "k2", "k3", "k4" and 49995 more.', field: 'k0' }),
    )
    const reply = await call('list', { ['k'.repeat(100_000)]: 1 })
    expect(reply).toEqual(refused({ message: 'Unknown field of 100000 characters.' }))
    expect(reply).not.toHaveProperty('error.field')
    const inside = await call('note', { notes: { ['k'.repeat(100_000)]: 1 } })
    expect(inside).toEqual(refused({ field: 'notes.…', message: expect.stringMatching(/^notes\.…: .{1,80}$/) }))
  })

  test('a call that was cancelled before anything was sent', async () => {
    const { call, journal, touched } = aPipeline()
    const reply = await call('run', { template_id: 'disk_usage' }, { signal: AbortSignal.abort() })
    expect(reply).toEqual(refused({ code: 'CALL_CANCELLED' }))
    expect(touched).toEqual([])
    expect(journal.lines).toMatchObject([{ kind: 'single', outcome: { status: 'cancelled' } }])
  })
})

describe('a call that fails', () => {
  test('with a coded error is recorded and told', async () => {
    const output = async () => {
      throw new SshMcpError('TRANSPORT_CONNECTION_LOST', { message: 'Lost. hunter2', next: 'Look at the host.' })
    }
    const { call, journal } = aPipeline({ output })
    expect(await call('run', { template_id: 'disk_usage' })).toMatchObject({
      isError: true,
      error: { code: 'TRANSPORT_CONNECTION_LOST', message: 'Lost. [REDACTED]', next: 'Look at the host.' },
    })
    expect(journal.lines).toMatchObject([
      { kind: 'intent' },
      { kind: 'outcome', outcome: { status: 'error', error: { code: 'TRANSPORT_CONNECTION_LOST' } } },
    ])
  })

  test('for an unknown reason says INTERNAL and nothing of its inside', async () => {
    const { call, faults } = aPipeline({
      output: async () => {
        throw new Error('stack and secrets')
      },
    })
    const reply = await call('run', { template_id: 'disk_usage' })
    expect(reply).toMatchObject({ isError: true, error: { code: 'INTERNAL', audit_id: 'op_000001' } })
    expect(JSON.stringify(reply)).not.toContain('stack and secrets')
    expect(faults).toMatchObject([{ message: 'stack and secrets' }])
  })
})

describe('when the journal cannot be written', () => {
  test('before, the host is not touched', async () => {
    const { call, journal, touched } = aPipeline()
    journal.failing.add('intent')
    expect(await call('run', { template_id: 'disk_usage' })).toMatchObject({ error: { code: 'AUDIT_UNAVAILABLE' } })
    expect(touched).toEqual([])
  })

  test('after, the caller hears the truth', async () => {
    const { call, journal, touched } = aPipeline()
    journal.failing.add('outcome')
    const reply = await call('run', { template_id: 'disk_usage' })
    expect(reply).toMatchObject({ isError: false, result: { stdout: 'done', audit_complete: false } })
    expect(touched).toEqual(['df -h'])
  })

  test('nothing of our own state is shown either', async () => {
    const { call, journal } = aPipeline()
    journal.failing.add('single')
    expect(await call('list', {})).toMatchObject({ isError: true, error: { code: 'AUDIT_UNAVAILABLE' } })
  })
})

describe('an approval', () => {
  function aGate() {
    const seen: { action: Action; approvalRequestId: string | undefined }[] = []
    const spent: string[] = []
    const gate: ApprovalGate = {
      async check({ action, approvalRequestId }) {
        seen.push({ action, approvalRequestId })
        if (approvalRequestId === undefined) {
          throw new SshMcpError('APPROVAL_REQUIRED', { message: 'Needs one.', next: 'Ask for one.' })
        }
        return {
          requestId: approvalRequestId,
          shown: { request_id: approvalRequestId },
          spend: async () => void spent.push(approvalRequestId),
        }
      },
    }
    return { gate, seen, spent }
  }

  test('covers the plan, is spent once connected, and is shown', async () => {
    const { gate, seen, spent } = aGate()
    const { call, touched } = aPipeline({ gate })
    const reply = await call('run', { template_id: 'restart', approval: 'apr_1' })
    expect(reply).toMatchObject({
      isError: false,
      meta: { risk_level: 'high', approval_required: true, approval: { request_id: 'apr_1' } },
    })
    expect(seen).toMatchObject([{ action: { verb: 'host.exec', command: { line: 'systemctl restart nginx' } } }])
    expect(spent).toEqual(['apr_1'])
    expect(touched).toEqual(['systemctl restart nginx'])
  })

  test('is not used up by a call that is known not to go through', async () => {
    const { gate, spent } = aGate()
    const { call, journal } = aPipeline({ gate, roles: ['admin'] })
    expect(await call('withdraw', { cert_id: 'none', approval: 'apr_1' })).toMatchObject({
      error: { code: 'CERT_UNKNOWN' },
    })
    expect(spent).toEqual([])
    expect(kinds(journal)).toEqual(['intent', 'outcome'])
    expect(await call('withdraw', { cert_id: 'one', approval: 'apr_1' })).toMatchObject({ result: { done: true } })
    expect(spent).toEqual(['apr_1'])
  })

  test('that cannot be spent stops the call before anything is sent', async () => {
    const { gate } = aGate()
    const losing: ApprovalGate = {
      check: async (request) => ({
        ...(await gate.check(request)),
        spend: async () => {
          throw new SshMcpError('APPROVAL_USED', { message: 'Used.', next: 'Ask again.' })
        },
      }),
    }
    const { call, touched } = aPipeline({ gate: losing })
    expect(await call('run', { template_id: 'restart', approval: 'apr_1' })).toMatchObject({
      error: { code: 'APPROVAL_USED' },
    })
    expect(touched).toEqual([])
  })
})
