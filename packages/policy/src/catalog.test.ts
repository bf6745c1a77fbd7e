import { isSshMcpError, parseHostId, parseTemplateId, type Role } from '@sshmcp/kernel'
import { aHost, aPrincipal } from '@sshmcp/kernel/testing'
import { describe, expect, test } from 'vitest'
import { catalogFor } from './catalog.ts'
import { aTemplate, rulesOf } from './testing/index.ts'

const web = aHost({ hostId: parseHostId('web-1'), labels: { env: 'production', tier: 'web' } })
const stage = aHost({ hostId: parseHostId('web-2'), labels: { env: 'staging', tier: 'web' } })
const vault = aHost({ hostId: parseHostId('web-9'), allowedRoles: new Set(['admin']) })
const narrow = aHost({ hostId: parseHostId('db-1'), allowedTemplates: new Set([parseTemplateId('disk_usage')]) })
const disk = aTemplate()
const tail = aTemplate({
  template_id: 'tail_log',
  risk_level: 'medium',
  command: 'tail -n {lines} {path}',
  allowed_params: { lines: '^[0-9]+$', path: '^/var/log/[a-z]+$' },
  param_info: { lines: { description: 'how many', example: '200', default: '50' } },
})
const restart = aTemplate({
  template_id: 'restart',
  risk_level: 'high',
  argv: ['systemctl', 'restart', 'nginx'],
  sudo: true,
})
const rules = rulesOf([web, stage, vault, narrow], [disk, tail, restart])
const as = (...held: readonly Role[]) => catalogFor(aPrincipal(...held), rules)

function caught(run: () => unknown) {
  try {
    run()
  } catch (error) {
    if (isSshMcpError(error))
      return { code: error.code, field: error.field, message: error.message, candidates: error.candidates }
  }
  throw new Error('nothing coded was thrown')
}

describe('hosts', () => {
  const ids = (hosts: readonly { readonly hostId: string }[]) => hosts.map(({ hostId }) => hostId)

  test.each<[Role, readonly string[]]>([
    ['developer', ['web-1', 'web-2', 'db-1']],
    ['operator', ['web-1', 'web-2', 'db-1']],
    ['admin', ['web-1', 'web-2', 'web-9', 'db-1']],
    ['auditor', ['web-1', 'web-2', 'web-9', 'db-1']],
  ])('%s sees %j', (role, expected) => {
    expect(ids(as(role).hosts())).toEqual(expected)
  })

  test('nobody without a role sees any', () => {
    expect(as().hosts()).toEqual([])
  })

  test.each([
    ['env=production', ['web-1']],
    ['tier=web', ['web-1', 'web-2']],
    ['tier=web,env=staging', ['web-2']],
    [' tier = web , env = staging ', ['web-2']],
    ['env=x', []],
    ['constructor=x', []],
    ['', ['web-1', 'web-2', 'db-1']],
  ])('the selector %j leaves %j', (selector, expected) => {
    expect(ids(as('operator').hosts(selector))).toEqual(expected)
  })

  test.each(['env', 'env=a,', '=a'])('the selector %j is refused', (selector) => {
    expect(caught(() => as('operator').hosts(selector))).toMatchObject({
      code: 'INPUT_INVALID',
      field: 'label_selector',
    })
  })

  test('unknown and forbidden give the same answer, also in what it hints at', () => {
    const forbidden = caught(() => as('operator').host('web-9'))
    const unknown = caught(() => as('operator').host('web-8'))
    expect({ ...forbidden, message: forbidden.message.replace('web-9', 'web-8') }).toEqual(unknown)
    expect(forbidden).toMatchObject({ code: 'POLICY_HOST_UNKNOWN', field: 'host_id', candidates: ['web-1', 'web-2'] })
  })

  test('an auditor sees a host in the lists and reaches none', () => {
    expect(as('auditor').visibleHost('web-9')).toBe(vault)
    expect(caught(() => as('auditor').host('web-1'))).toMatchObject({ code: 'POLICY_HOST_UNKNOWN', candidates: [] })
    expect(caught(() => as('operator').visibleHost('web-9'))).toMatchObject({ code: 'POLICY_HOST_UNKNOWN' })
  })

  test('a host is the one that is configured', () => {
    expect(as('admin').host('web-9')).toBe(vault)
  })

  test('hostile text in an id is shown harmlessly', () => {
    expect(caught(() => as('admin').host('\u001b[2J')).message).not.toContain('\u001b')
  })
})

describe('templates', () => {
  const ids =
    (...args: Parameters<ReturnType<typeof as>['templates']>) =>
    (role: Role) =>
      as(role)
        .templates(...args)
        .map(({ templateId }) => templateId)

  test.each<[Role, readonly string[]]>([
    ['developer', ['disk_usage']],
    ['operator', ['disk_usage', 'tail_log', 'restart']],
    ['admin', ['disk_usage', 'tail_log', 'restart']],
    ['auditor', ['disk_usage', 'tail_log', 'restart']],
  ])('%s sees %j', (role, expected) => {
    expect(ids()(role)).toEqual(expected)
  })

  test('on a host that narrows them, only those', () => {
    expect(ids(narrow)('admin')).toEqual(['disk_usage'])
    expect(ids(narrow)('auditor')).toEqual(['disk_usage'])
  })

  test('not those that run on no host of the caller, but all of them before there is a host', () => {
    const titles = (hosts: Parameters<typeof rulesOf>[0]) =>
      catalogFor(aPrincipal('operator'), rulesOf(hosts, [disk, tail]))
        .templates()
        .map(({ templateId }) => templateId)
    expect(titles([narrow])).toEqual(['disk_usage'])
    expect(titles([vault])).toEqual([])
    expect(titles([])).toEqual(['disk_usage', 'tail_log'])
  })

  test('read-only leaves those of low risk', () => {
    const catalog = catalogFor(aPrincipal('admin'), { ...rules, readOnly: true })
    expect(catalog.templates().map(({ templateId }) => templateId)).toEqual(['disk_usage'])
  })

  test('a view tells what the first right call needs', () => {
    expect(as('operator').templates()[1]).toEqual({
      templateId: 'tail_log',
      description: '',
      command: 'tail -n {lines} {path}',
      params: [
        { name: 'lines', pattern: '^[0-9]+$', description: 'how many', example: '200', required: false, default: '50' },
        { name: 'path', pattern: '^/var/log/[a-z]+$', description: '', example: '', required: true },
      ],
      allowedRoles: undefined,
      riskLevel: 'medium',
      needsApproval: false,
    })
    expect(as('operator').templates()[2]).toMatchObject({
      command: 'sudo -n -- systemctl restart nginx',
      needsApproval: true,
    })
  })
})

describe('render', () => {
  test('makes the exact plan', () => {
    expect(as('operator').render(web, 'tail_log', { path: '/var/log/syslog' })).toEqual({
      templateId: 'tail_log',
      risk: 'medium',
      allowedRoles: undefined,
      line: "tail -n '50' '/var/log/syslog'",
      stdin: '',
      timeoutSeconds: 30,
      needsServedShell: true,
    })
  })

  test('unknown and forbidden templates give the same answer', () => {
    const forbidden = caught(() => as('developer').render(web, 'tail_log', {}))
    const unknown = caught(() => as('developer').render(web, 'tail_lox', {}))
    expect({ ...forbidden, message: forbidden.message.replace('tail_log', 'tail_lox') }).toEqual(unknown)
    expect(unknown).toMatchObject({ code: 'POLICY_TEMPLATE_UNKNOWN', field: 'template_id', candidates: [] })
  })

  test('an unknown template names the near ones', () => {
    expect(caught(() => as('operator').render(web, 'tail', {}))).toMatchObject({
      code: 'POLICY_TEMPLATE_UNKNOWN',
      candidates: ['tail_log'],
      message: 'There is no template "tail" that you may run on "web-1". Near it: tail_log.',
    })
  })

  test('not where the host allows others', () => {
    expect(caught(() => as('admin').render(narrow, 'tail_log', {}))).toMatchObject({ code: 'POLICY_TEMPLATE_UNKNOWN' })
  })

  test('bad values before anything else is asked', () => {
    expect(caught(() => as('operator').render(web, 'tail_log', { lines: 'x', path: '/var/log/a' }))).toMatchObject({
      code: 'POLICY_PARAM_MISMATCH',
      field: 'params.lines',
    })
  })
})
