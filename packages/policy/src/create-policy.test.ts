import { describe, expect, test } from 'vitest'
import { createPolicy } from './create-policy.ts'

const hosts = [
  { host_id: 'web-1', hostname: '192.0.2.10', ssh_user: 'deploy' },
  { host_id: 'db-1', hostname: '192.0.2.11', allowed_roles: ['admin'] },
]
const templates = [
  {
    template_id: 'tail_log',
    argv: ['tail', '-n', '{lines}', '{path}'],
    risk_level: 'low',
    allowed_params: { lines: '^[0-9]{1,5}$', path: '^/var/log/[a-z]+$' },
  },
  { template_id: 'restart', argv: ['systemctl', 'restart', 'nginx'], sudo: true, risk_level: 'high' },
  { template_id: 'feed', argv: ['wc'], stdin: '{text}', risk_level: 'low', allowed_params: { text: '^[a-z]+$' } },
]
const policy = createPolicy({ hosts, templates, policy: { approvals: { ttl_seconds: 60 } } })
const now = Date.UTC(2026, 0, 1)
const call = { userId: 'alice', roles: ['operator'], hostId: 'web-1', templateId: 'tail_log' } as const

describe('createPolicy(…).check', () => {
  test('allows, with the line', () => {
    expect(policy.check({ ...call, params: { lines: 5, path: '/var/log/syslog' } }, now)).toEqual({
      effect: 'allow',
      commandLine: "tail -n '5' -- '/var/log/syslog'",
    })
  })

  test('asks, with the line and the moment until which an approval holds', () => {
    expect(policy.check({ ...call, templateId: 'restart' }, now)).toEqual({
      effect: 'ask',
      code: 'POLICY_APPROVAL_REQUIRED',
      reason: '"restart" is of high risk: it runs once a person approved it.',
      next: expect.stringContaining('request_approval'),
      commandLine: 'sudo -n -- systemctl restart nginx',
      approveBefore: '2026-01-01T00:01:00.000Z',
    })
  })

  test('tells standard input where there is some', () => {
    expect(policy.check({ ...call, templateId: 'feed', params: { text: 'abc' } }, now)).toEqual({
      effect: 'allow',
      commandLine: 'wc',
      stdin: 'abc',
    })
  })

  test.each([
    [{ hostId: 'db-1' }, 'POLICY_HOST_UNKNOWN'],
    [{ hostId: 'nope' }, 'POLICY_HOST_UNKNOWN'],
    [{ templateId: 'nope' }, 'POLICY_TEMPLATE_UNKNOWN'],
    [{ roles: [] }, 'POLICY_HOST_UNKNOWN'],
    [{ roles: ['auditor'] as const }, 'POLICY_HOST_UNKNOWN'],
    [{ roles: ['developer'] as const, templateId: 'restart' }, 'POLICY_TEMPLATE_UNKNOWN'],
    [{ params: { lines: '5; reboot', path: '/var/log/syslog' } }, 'POLICY_PARAM_MISMATCH'],
    [{ params: { lines: '5' } }, 'POLICY_PARAM_MISSING'],
    [{ userId: 'not a user' }, 'INPUT_INVALID'],
  ])('denies %j with %s, and no line', (change, code) => {
    const answer = policy.check({ ...call, ...change }, now)
    expect(answer).toMatchObject({ effect: 'deny', code })
    expect(answer.reason).toBeTruthy()
    expect(answer.next).toBeTruthy()
    expect(answer).not.toHaveProperty('commandLine')
  })

  // As the body of a request may be, whatever its type says.
  test.each([
    '{"roles":null}',
    '{"roles":"admin"}',
    '{"hostId":null}',
    '{"hostId":["web-1"]}',
    '{"templateId":7}',
    '{"userId":null}',
  ])('denies a call that is none: %s', (json) => {
    expect(policy.check({ ...call, ...JSON.parse(json) }, now)).toMatchObject({ effect: 'deny', code: 'INPUT_INVALID' })
  })

  test.each([Number.NaN, Number.POSITIVE_INFINITY, 1e300])('denies at a time that is none: %d', (time) => {
    expect(policy.check({ ...call, templateId: 'restart' }, time)).toMatchObject({ code: 'INPUT_INVALID' })
  })

  test('read-only and texts instead of values', () => {
    const readOnly = createPolicy({
      hosts: JSON.stringify(hosts),
      templates: JSON.stringify(templates),
      readOnly: true,
    })
    expect(readOnly.check({ ...call, templateId: 'restart' }, now)).toMatchObject({
      effect: 'deny',
      code: 'POLICY_READ_ONLY',
    })
  })

  test('osUser stands in for a host without ssh_user', () => {
    const asRoot = createPolicy({ hosts, templates, osUser: 'root' })
    expect(asRoot.check({ ...call, roles: ['admin'], hostId: 'db-1', templateId: 'restart' }, now)).toMatchObject({
      commandLine: 'systemctl restart nginx',
    })
  })

  test('an input that is not valid is refused when it is read', () => {
    expect(() => createPolicy({ hosts: [{}], templates: [] })).toThrow('hosts: [0].host_id is missing.')
    expect(() => createPolicy({ hosts: [{ ...hosts[0], allowed_templates: ['x'] }], templates: [] })).toThrow(
      'hosts: [0].allowed_templates[0] names no template_id.',
    )
  })

  test('and one that JSON cannot say', () => {
    const circle: { self?: object } = {}
    circle.self = circle
    const refused = expect.objectContaining({ code: 'CONFIG_INVALID' })
    expect(() => createPolicy(JSON.parse('{"templates":[]}'))).toThrow(refused)
    expect(() => createPolicy({ hosts: [circle], templates })).toThrow(refused)
    expect(() => createPolicy({ hosts, templates: [{ timeout_seconds: 30n }] })).toThrow(refused)
    expect(() => createPolicy({ hosts, templates, policy: () => 1 })).toThrow('policy has to be JSON text')
  })
})
