import {
  type Action,
  type ActionOf,
  type Host,
  parseHostId,
  parseTemplateId,
  type Risk,
  type Role,
  risks,
  roles,
  Secret,
  type Verb,
} from '@sshmcp/kernel'
import { aHost, aPrincipal } from '@sshmcp/kernel/testing'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decide } from './decide.ts'
import { renderTemplate } from './render.ts'
import type { Rules } from './rules.ts'
import type { Template } from './template.ts'
import { aTemplate, rulesOf } from './testing/index.ts'

const host = aHost()
const templates: Readonly<Record<Risk, Template>> = {
  low: aTemplate({ template_id: 'low', risk_level: 'low' }),
  medium: aTemplate({ template_id: 'medium', risk_level: 'medium' }),
  high: aTemplate({ template_id: 'high', risk_level: 'high' }),
}
const rules = rulesOf([host], Object.values(templates))

const exec = (template: Template, on: Host = host): ActionOf<'host.exec'> => ({
  verb: 'host.exec',
  host: on,
  command: renderTemplate(template, on, {}),
})
const facts = { verb: 'host.facts', host, line: 'sh', stdin: '' } as const
const audit: Action = { verb: 'audit.read', filter: {} }

function answer(held: readonly Role[], action: Action, by: Rules = rules): string {
  const decision = decide(aPrincipal(...held), action, by)
  return decision.effect === 'allow' ? 'allow' : `${decision.effect} ${decision.code}`
}

const no = 'deny POLICY_ROLE_MISSING'
const ask = 'ask POLICY_APPROVAL_REQUIRED'

const file = { host, remotePath: '/tmp/a', justification: 'INC-1', localPath: 'a', overwrite: false }
const started = (template: Template): ActionOf<'job.start'> => ({
  verb: 'job.start',
  host,
  command: exec(template).command,
})
const request = (wanted: Action): Action => ({
  verb: 'approval.request',
  tool: 'run_ssh_command',
  wanted,
  inputs: {},
  justification: '',
  ticketRef: '',
  waitSeconds: 0,
})
const publicKey = { line: 'ssh-ed25519 AAAA', fingerprint: 'SHA256:x' }
const install: ActionOf<'key.install'> = {
  verb: 'key.install',
  hosts: [host],
  userName: 'deploy',
  publicKey,
  ttlSeconds: 60,
  reason: '',
}
const issue: Action = {
  verb: 'cert.issue',
  userId: 'alice',
  principals: ['alice'],
  publicKey,
  ttlSeconds: 60,
  justification: '',
}
const decision = { verdict: 'deny', reason: 'no' } as const

describe('the matrix of who may do what', () => {
  const of = (developer: string, operator: string, admin: string, auditor: string, nobody = no) => ({
    developer,
    operator,
    admin,
    auditor,
    nobody,
  })
  const users = of('allow', 'allow', 'allow', no)
  const everybody = of('allow', 'allow', 'allow', 'allow')
  const operators = of(no, 'allow', 'allow', no)
  const admins = of(no, no, ask, no)
  const adminsAlone = of(no, no, 'allow', no)
  const needless = 'deny POLICY_APPROVAL_NOT_NEEDED'

  /** Keyed by verb, so that a new verb does not compile before it has its row. */
  const matrix: Readonly<Record<Verb, readonly (readonly [string, Action, Readonly<Record<string, string>>])[]>> = {
    'catalog.read': [
      ['list_hosts', { verb: 'catalog.read', what: 'hosts', selector: '' }, everybody],
      ['list_templates', { verb: 'catalog.read', what: 'templates', host }, everybody],
    ],
    'host.facts': [['get_host_facts', facts, users]],
    'host.exec': [
      ['run low', exec(templates.low), users],
      ['run medium', exec(templates.medium), operators],
      ['run high', exec(templates.high), of(no, ask, ask, no)],
    ],
    'job.start': [
      ['start low', started(templates.low), users],
      ['start medium', started(templates.medium), operators],
      ['start high', started(templates.high), of(no, ask, ask, no)],
    ],
    'session.open': [['ssh_connect', { verb: 'session.open', host }, users]],
    'session.close': [['ssh_disconnect', { verb: 'session.close', sessionId: 's' }, users]],
    'session.read': [['ssh_list_sessions', { verb: 'session.read' }, users]],
    'job.read': [['poll_background_job', { verb: 'job.read', cursor: '', waitSeconds: 0 }, users]],
    'job.cancel': [['cancel_background_job', { verb: 'job.cancel', jobId: 'j' }, users]],
    'file.list': [['sftp_list_directory', { ...file, verb: 'file.list', cursor: '', limit: 10 }, users]],
    'file.read': [['transfer_file download', { ...file, verb: 'file.read' }, operators]],
    'file.write': [['transfer_file upload', { ...file, verb: 'file.write' }, operators]],
    'file.delete': [['sftp_delete', { ...file, verb: 'file.delete' }, operators]],
    'audit.read': [['get_audit_logs', audit, of(no, no, 'allow', 'allow')]],
    'approval.request': [
      ['request_approval for high', request(exec(templates.high)), operators],
      ['request_approval for low', request(exec(templates.low)), of(needless, needless, needless, no)],
    ],
    'approval.read': [['list_pending_approvals', { verb: 'approval.read', requestId: undefined }, everybody]],
    'approval.redeem': [
      [
        'approve_request',
        { verb: 'approval.redeem', requestId: 'r', code: new Secret('c') },
        of('allow', 'allow', 'allow', 'allow', 'allow'),
      ],
    ],
    'key.install': [['installing a key', install, admins]],
    'key.remove': [['removing a key', { verb: 'key.remove', keyId: 'key_1', reason: '' }, admins]],
    'key.prune': [['sweeping up expired keys', { verb: 'key.prune', hosts: [host] }, adminsAlone]],
    'cert.issue': [['issuing a certificate', issue, admins]],
    'cert.revoke': [['revoking a certificate', { verb: 'cert.revoke', certId: 'cert_1', reason: '' }, admins]],
    'cert.bootstrap': [['a set-up script', { verb: 'cert.bootstrap', host }, adminsAlone]],
    'access.read': [['seeing keys', { verb: 'access.read', what: 'keys' }, adminsAlone]],
    'approval.decide': [['a person decides', { verb: 'approval.decide', requestId: 'r', decision }, operators]],
  }

  describe.each(Object.values(matrix).flat())('%s', (_, action, expected) => {
    test.each(roles)('%s', (role) => {
      expect(answer([role], action)).toBe(expected[role])
    })
    test('nobody without a role', () => {
      expect(answer([], action)).toBe(expected.nobody)
    })
  })
})

describe('narrowing', () => {
  test.each<[readonly Role[] | undefined, readonly Role[], string]>([
    [undefined, ['developer'], 'allow'],
    [['operator'], ['operator'], 'allow'],
    [['operator'], ['developer'], 'deny POLICY_HOST_FORBIDDEN'],
    [['operator', 'admin'], ['admin'], 'allow'],
    [['auditor'], ['auditor'], no],
    [[], ['admin'], 'deny POLICY_HOST_FORBIDDEN'],
  ])('a host that admits %j and a caller who is %j: %s', (admitted, held, expected) => {
    const narrowed = aHost({ allowedRoles: admitted && new Set(admitted) })
    expect(answer(held, exec(templates.low, narrowed), rulesOf([narrowed], [templates.low]))).toBe(expected)
    expect(answer(held, { ...facts, host: narrowed }, rulesOf([narrowed], []))).toBe(expected)
  })

  test('a template that admits others', () => {
    const narrowed = aTemplate({ allowed_roles: ['admin'] })
    expect(answer(['operator'], exec(narrowed), rulesOf([host], [narrowed]))).toBe('deny POLICY_TEMPLATE_FORBIDDEN')
    expect(answer(['admin'], exec(narrowed), rulesOf([host], [narrowed]))).toBe('allow')
  })

  test('a template of low risk for auditors gives auditors nothing: lists only narrow', () => {
    const widened = aTemplate({ allowed_roles: ['auditor'] })
    expect(answer(['auditor'], exec(widened), rulesOf([host], [widened]))).toBe(no)
  })

  test('a host that allows other templates', () => {
    const narrowed = aHost({ allowedTemplates: new Set([parseTemplateId('low')]) })
    const both = rulesOf([narrowed], [templates.low, templates.medium])
    expect(answer(['admin'], exec(templates.low, narrowed), both)).toBe('allow')
    expect(answer(['admin'], exec(templates.medium, narrowed), both)).toBe('deny POLICY_TEMPLATE_FORBIDDEN')
  })

  test('read-only leaves what reads', () => {
    const readOnly = { ...rules, readOnly: true }
    expect(answer(['admin'], exec(templates.low), readOnly)).toBe('allow')
    expect(answer(['admin'], facts, readOnly)).toBe('allow')
    expect(answer(['admin'], audit, readOnly)).toBe('allow')
    expect(answer(['admin'], exec(templates.medium), readOnly)).toBe('deny POLICY_READ_ONLY')
    expect(answer(['admin'], exec(templates.high), readOnly)).toBe('deny POLICY_READ_ONLY')
    expect(answer(['admin'], started(templates.low), readOnly)).toBe('allow')
    expect(answer(['admin'], started(templates.medium), readOnly)).toBe('deny POLICY_READ_ONLY')
    expect(answer(['admin'], request(exec(templates.high)), readOnly)).toBe('deny POLICY_READ_ONLY')
    expect(answer(['admin'], { ...file, verb: 'file.list', cursor: '', limit: 1 }, readOnly)).toBe('allow')
    for (const verb of ['file.read', 'file.write', 'file.delete'] as const) {
      expect(answer(['admin'], { ...file, verb }, readOnly)).toBe('deny POLICY_READ_ONLY')
    }
  })
})

describe('the rules are believed, not the action', () => {
  test('a host that is not configured', () => {
    const other = aHost({ hostId: parseHostId('web-2') })
    expect(answer(['admin'], exec(templates.low, other))).toBe('deny POLICY_HOST_UNKNOWN')
  })

  test.each([{ hostname: '10.0.0.9' }, { port: 2222 }, { sshUser: 'root' }, { proxyJump: parseHostId('evil') }])(
    'the configured id with %j is another host',
    (change) => {
      expect(answer(['admin'], exec(templates.low, aHost(change)))).toBe('deny POLICY_HOST_CHANGED')
    },
  )

  test('restrictions that the action leaves out still hold', () => {
    const narrowed = rulesOf(
      [aHost({ allowedRoles: new Set(['admin']), allowedTemplates: new Set() })],
      [templates.low],
    )
    expect(answer(['operator'], exec(templates.low), narrowed)).toBe('deny POLICY_HOST_FORBIDDEN')
    expect(answer(['admin'], exec(templates.low), narrowed)).toBe('deny POLICY_TEMPLATE_FORBIDDEN')
  })

  test('a template that is not configured, and a risk that the plan plays down or up', () => {
    const action = { verb: 'host.exec', host, command: renderTemplate(templates.high, host, {}) } as const
    expect(answer(['admin'], action, rulesOf([host], []))).toBe('deny POLICY_TEMPLATE_UNKNOWN')
    const playedDown = { ...action, command: { ...action.command, risk: 'low' as const, allowedRoles: undefined } }
    expect(answer(['developer'], playedDown)).toBe(no)
    expect(answer(['admin'], playedDown)).toBe(ask)
    const raised = { ...action, command: { ...renderTemplate(templates.low, host, {}), risk: 'high' as const } }
    expect(answer(['admin'], raised)).toBe(ask)
    expect(answer(['developer'], raised)).toBe(no)
  })

  test('every refusal says why and what would help', () => {
    const decision = decide(aPrincipal('developer'), exec(templates.high), rules)
    expect(decision).toEqual({
      effect: 'deny',
      code: 'POLICY_ROLE_MISSING',
      reason: 'None of your roles allows you to run templates of high risk.',
      next: 'Ask whoever keeps the configuration, or choose another host or template.',
    })
  })
})

describe('properties', () => {
  const someRoles = fc.uniqueArray(fc.constantFrom(...roles))
  const narrowing = fc.option(someRoles, { nil: undefined })
  const scene = fc.record({
    held: someRoles,
    onHost: narrowing,
    onTemplate: narrowing,
    onlyOthers: fc.boolean(),
    risk: fc.constantFrom(...risks),
    readOnly: fc.boolean(),
    verb: fc.constantFrom('host.exec', 'host.facts', 'audit.read', 'catalog.read'),
  })
  type Scene = typeof scene extends fc.Arbitrary<infer S> ? S : never
  const generosity = { deny: 0, ask: 1, allow: 2 }

  function decideScene({ held, onHost, onTemplate, onlyOthers, risk, readOnly, verb }: Scene): number {
    const template = aTemplate({ risk_level: risk, ...(onTemplate && { allowed_roles: onTemplate }) })
    const on = aHost({
      allowedRoles: onHost && new Set(onHost),
      allowedTemplates: onlyOthers ? new Set([parseTemplateId('other')]) : undefined,
    })
    const actions: Record<Scene['verb'], Action> = {
      'host.exec': exec(template, on),
      'host.facts': { ...facts, host: on },
      'audit.read': audit,
      'catalog.read': { verb: 'catalog.read', what: 'templates', host: on },
    }
    return generosity[decide(aPrincipal(...held), actions[verb], rulesOf([on], [template], readOnly)).effect]
  }

  test('adding a role never takes anything away', () => {
    fc.assert(
      fc.property(scene, fc.constantFrom(...roles), (before, role) => {
        expect(decideScene({ ...before, held: [...before.held, role] })).toBeGreaterThanOrEqual(decideScene(before))
      }),
    )
  })

  test('adding a restriction never gives anything', () => {
    const restrict: Record<string, (before: Scene, without: Role) => Scene> = {
      host: (before, without) => ({ ...before, onHost: (before.onHost ?? roles).filter((role) => role !== without) }),
      template: (before, without) => ({
        ...before,
        onTemplate: (before.onTemplate ?? roles).filter((role) => role !== without),
      }),
      templates: (before) => ({ ...before, onlyOthers: true }),
      readOnly: (before) => ({ ...before, readOnly: true }),
    }
    const kinds = fc.constantFrom(...Object.values(restrict))
    fc.assert(
      fc.property(scene, kinds, fc.constantFrom(...roles), (before, narrow, role) => {
        expect(decideScene(narrow(before, role))).toBeLessThanOrEqual(decideScene(before))
      }),
    )
  })

  test('high risk never runs without asking', () => {
    fc.assert(
      fc.property(scene, (before) => {
        fc.pre(before.verb === 'host.exec')
        expect(decideScene({ ...before, risk: 'high' })).toBeLessThan(generosity.allow)
      }),
    )
  })
})

describe('keys and certificates', () => {
  test.each([install, issue, { verb: 'key.prune', hosts: [host] } as const])(
    'a read-only server changes no access',
    (action) => {
      expect(answer(['admin'], action, { ...rules, readOnly: true })).toBe('deny POLICY_READ_ONLY')
    },
  )

  test('every host of a key is measured', () => {
    const elsewhere = { ...host, hostname: '10.9.9.9' }
    expect(answer(['admin'], { ...install, hosts: [host, elsewhere] })).toBe('deny POLICY_HOST_CHANGED')
  })
})

describe('a host with an identity per command', () => {
  const perCommand = { mode: 'per_command', principal: undefined, sourceAddresses: [] } as const
  const oneByOne = aHost({ certificate: perCommand })
  const other = { ...rules, hosts: [oneByOne] }
  const refused = 'deny POLICY_ONE_COMMAND_ONLY'

  test.each<[string, Action, string]>([
    ['a template', exec(templates.low, oneByOne), 'allow'],
    ['a template of high risk', exec(templates.high, oneByOne), ask],
    ['a job', { ...started(templates.low), host: oneByOne }, 'allow'],
    ['facts', { ...facts, host: oneByOne }, 'allow'],
    ['a template over a session', { ...exec(templates.low, oneByOne), sessionId: 'ses_1' }, refused],
    ['a session', { verb: 'session.open', host: oneByOne }, refused],
    ['a list of files', { ...file, host: oneByOne, verb: 'file.list', cursor: '', limit: 10 }, refused],
    ['a download', { ...file, host: oneByOne, verb: 'file.read' }, refused],
    ['an upload', { ...file, host: oneByOne, verb: 'file.write' }, refused],
    ['a deletion', { ...file, host: oneByOne, verb: 'file.delete' }, refused],
    ['asking for a key', request({ ...install, hosts: [oneByOne] }), refused],
    ['a key', { ...install, hosts: [oneByOne] }, refused],
    ['sweeping up expired keys, which other hosts may have', { verb: 'key.prune', hosts: [oneByOne] }, 'allow'],
    ['a set-up script', { verb: 'cert.bootstrap', host: oneByOne }, 'allow'],
  ])('%s', (_what, action, expected) => {
    expect(answer(['admin'], action, other)).toBe(expected)
  })

  test('is another host when its certificates are for other addresses', () => {
    const moved = { ...oneByOne, certificate: { ...perCommand, sourceAddresses: ['::1'] } }
    expect(answer(['admin'], { ...facts, host: moved }, other)).toBe('deny POLICY_HOST_CHANGED')
  })
})
