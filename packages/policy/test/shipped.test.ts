import { readFileSync } from 'node:fs'
import { aPrincipal } from '@sshmcp/kernel/testing'
import { expect, test } from 'vitest'
import { catalogFor, parseHosts, parseTemplates } from '../src/index.ts'
import { rulesOf } from '../src/testing/index.ts'

const config = (name: string) => readFileSync(new URL(`../../../config/${name}`, import.meta.url), 'utf8')
const hosts = parseHosts(config('hosts.example.json'), 'hosts.example.json', { osUser: 'me' })
const templates = parseTemplates(config('templates.json'), 'templates.json')
const operator = catalogFor(aPrincipal('operator'), rulesOf(hosts, templates))
const staging = operator.host('staging')

test('the five templates of the original are there, with their risks and roles', () => {
  expect(
    templates.map(({ templateId, risk, allowedRoles = [] }) => [templateId, risk, [...allowedRoles].join(' ')]),
  ).toEqual([
    ['service_status', 'low', 'developer operator admin'],
    ['disk_usage', 'low', 'developer operator admin'],
    ['tail_log', 'medium', 'operator admin'],
    ['restart_service', 'high', 'operator admin'],
    ['list_processes', 'low', 'developer operator admin'],
  ])
})

test.each<[string, Record<string, string | number>, string]>([
  ['service_status', { service: 'nginx' }, "systemctl status 'nginx' --no-pager"],
  ['disk_usage', {}, 'df -h'],
  ['tail_log', { lines: 200, log_path: '/var/log/syslog' }, "tail -n '200' '/var/log/syslog'"],
  ['restart_service', { service: 'nginx' }, "sudo -n -- systemctl restart 'nginx'"],
  ['list_processes', {}, 'ps aux --sort=-%cpu'],
])('%s renders', (templateId, params, line) => {
  expect(operator.render(staging, templateId, params).line).toBe(line)
})

test.each<[string, Record<string, string>]>([
  ['service_status', { service: '--all' }],
  ['service_status', { service: 'nginx; reboot' }],
  ['service_status', { service: '../x' }],
  ['tail_log', { lines: '-f', log_path: '/var/log/syslog' }],
  ['tail_log', { lines: '1', log_path: '/var/log/../../etc/shadow' }],
  ['tail_log', { lines: '1', log_path: '/etc/passwd' }],
])('%s refuses %j', (templateId, params) => {
  expect(() => operator.render(staging, templateId, params)).toThrow(
    expect.objectContaining({ code: expect.stringMatching(/^POLICY_PARAM_/) }),
  )
})
