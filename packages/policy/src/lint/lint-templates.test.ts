import { describe, expect, test } from 'vitest'
import { type LintRule, lintRules } from './finding.ts'
import { lintTemplates } from './lint-templates.ts'

type Keys = Readonly<Record<string, unknown>>

/** A template with which nothing is wrong, so that what a test plants is all there is to find. */
const good = { template_id: 't', description: 'Shows something.', risk_level: 'medium', allowed_roles: ['admin'] }
const p = (pattern: string, info: Keys = {}) => ({
  allowed_params: { p: pattern },
  param_info: { p: { description: 'Something.', example: 'abc', ...info } },
})
const lint = (keys: Keys) => lintTemplates(JSON.stringify([{ ...good, ...keys }]))
const tight = '^[a-z][a-z0-9]{0,9}$'

const planted: readonly (readonly [LintRule, Keys])[] = [
  ['invalid', { comand: 'df' }],
  ['invalid', { argv: ['df'], cwd: 'relative' }],
  ['invalid', { argv: ['df'], timeout_seconds: 301 }],
  ['placeholder-misplaced', { command: 'grep "{p}" /x', ...p(tight) }],
  ['placeholder-misplaced', { command: "sh -c 'ls {p}'", ...p(tight) }],
  ['placeholder-misplaced', { command: 'echo $(basename {p})', ...p(tight) }],
  ['placeholder-undeclared', { command: 'echo {p} {q}', ...p(tight) }],
  ['placeholder-undeclared', { argv: ['echo', '{host}'] }],
  ['brace-escaped', { argv: ['docker', 'ps', '--format', '{{.Names}}'] }],
  ['brace-escaped', { command: "docker inspect --format '{{json .State}}' web" }],
  ['pattern-not-linear', { command: 'echo {p}', ...p('^(?!-)[a-z]+$') }],
  ['pattern-not-linear', { command: 'echo {p}', ...p('([a-z])\\1') }],
  ['pattern-not-linear', { command: 'echo {p}', ...p('[a-z]+\\Z') }],
  ['pattern-not-linear', { command: 'echo {p}', ...p('^[a-z]{1,2000}$') }],
  ['pattern-exponential', { command: 'echo {p}', ...p('^(?:[a-z]+)+$') }],
  ['pattern-exponential', { command: 'echo {p}', ...p('^[a-z]+(?:[.-]?[a-z]+)*$') }],
  ['pattern-unanchored', { command: 'echo {p}', ...p('^abc|def$') }],
  ['pattern-unanchored', { command: 'echo {p}', ...p('^abc.*$') }],
  ['pattern-unanchored', { command: 'echo {p}', ...p('[a-z]+') }],
  ['pattern-empty', { command: 'echo {p}', ...p('^[a-z]*$') }],
  ['pattern-empty', { command: 'echo {p}', ...p('^(?:abc)?$') }],
  ['pattern-too-wide', { command: 'echo {p}', ...p('^.*$') }],
  ['pattern-too-wide', { command: 'echo {p}', ...p('^[^\\n]+$') }],
  ['option-injection', { argv: ['frob', '{p}'], ...p('^[a-z-]+$', { allow_leading_dash: true }) }],
  ['option-injection', { command: 'systemctl status {p}', ...p('^[a-zA-Z0-9@_-]+$') }],
  ['option-injection', { argv: ['ls', '-{p}'], ...p('^[a-z]+$') }],
  ['code-parameter', { argv: ['sh', '-c', '{p}'], ...p(tight) }],
  ['code-parameter', { command: 'eval {p}', ...p(tight) }],
  ['code-parameter', { argv: ['psql', '-c', '{p}'], ...p(tight) }],
  ['code-parameter', { command: 'cat /x | awk {p}', ...p(tight) }],
  ['program-parameter', { command: '{p} --version', ...p(tight) }],
  ['program-parameter', { command: 'sudo {p}', ...p(tight) }],
  ['path-secret', { argv: ['cat', '{p}'], ...p('^/[a-zA-Z0-9/._]+$', { example: '/a' }) }],
  ['path-secret', { argv: ['cat', '/home/{p}'], ...p('^[a-zA-Z0-9_/.]+$') }],
  ['path-secret', { argv: ['cat', '/var/log/{p}'], ...p('^[a-zA-Z0-9/._]+$', { allow_dotdot: true }) }],
  ['path-secret', { argv: ['cat', '/etc/shadow'] }],
  ['path-world-writable', { argv: ['cat', '{p}'], ...p('^/tmp/[a-z.]+$', { example: '/tmp/a' }) }],
  ['path-world-writable', { command: 'cat /var/tmp/{p}', ...p(tight) }],
  ['sudo-free-word', { argv: ['cat', '{p}'], sudo: true, ...p('^/[a-z/]+$', { example: '/a' }) }],
  ['sudo-free-word', { command: 'sudo -n systemctl restart {p}', ...p('^[a-z/.]+$') }],
  ['risk-understated', { argv: ['systemctl', 'restart', 'nginx'], risk_level: 'low' }],
  ['risk-understated', { command: 'echo 1 > /proc/sys/vm/drop_caches', risk_level: 'low' }],
  ['risk-understated', { argv: ['rm', '/var/log/old'], risk_level: 'low' }],
  ['role-wider-than-risk', { argv: ['df'], allowed_roles: ['developer', 'admin'] }],
  ['role-wider-than-risk', { argv: ['df'], risk_level: 'low', allowed_roles: ['auditor'] }],
  ['description-missing', { argv: ['df'], description: '' }],
  ['description-missing', { argv: ['echo', '{p}'], ...p(tight, { description: '' }) }],
  ['example-missing', { argv: ['echo', '{p}'], ...p(tight, { example: '' }) }],
  ['example-missing', { argv: ['echo', '{p}'], allowed_params: { p: tight } }],
  ['example-refused', { argv: ['echo', '{p}'], ...p(tight, { example: 'ABC' }) }],
  ['example-refused', { argv: ['echo', '{p}'], ...p('^[a-z.]+$', { example: 'a..b' }) }],
]

describe('planted mistakes are found', () => {
  test.each(planted)('%s in %j', (rule, keys) => {
    expect(lint(keys).map((finding) => finding.rule)).toContain(rule)
  })

  test('at least two of each rule', () => {
    const counts = Object.keys(lintRules).map((rule) => planted.filter(([name]) => name === rule).length)
    expect(Math.min(...counts)).toBeGreaterThanOrEqual(2)
  })
})

describe('what is right is let be', () => {
  test.each<Keys>([
    { argv: ['df', '-h'], risk_level: 'low' },
    { argv: ['cat', '/var/log/{p}.log'], ...p('^[a-z]{1,20}$') },
    { argv: ['tail', '-n', '5', '{p}'], ...p('^/var/log/[a-z]+[.]log$', { example: '/var/log/a.log' }) },
    { argv: ['systemctl', 'restart', '{p}'], sudo: true, risk_level: 'high', ...p(tight) },
    { argv: ['tail', '/var/log/nginx/{p}'], sudo: true, ...p('^[a-z]+$') },
    { command: "awk '{print $1}' {p}", ...p('^/var/log/[a-z]+$', { example: '/var/log/a' }) },
    { command: "docker ps --format '{{{{.Names}}}}'", risk_level: 'low' },
    { command: 'ls /x 2>/dev/null', risk_level: 'low' },
    { argv: ['ls', '-{p}'], ...p('^(?:a|l)$', { example: 'a' }) },
    { argv: ['echo', '{p}'], ...p('^[a-z]+$', { allow_leading_dash: true }) },
    { argv: ['cat', '{p}'], ...p('^(?:a|b)$', { example: 'a' }) },
  ])('%j', (keys) => {
    expect(lint(keys)).toEqual([])
  })
})

describe('a finding', () => {
  test('stands with its place, its cure and a value that shows it', () => {
    const text = JSON.stringify([
      { ...good, argv: ['df'] },
      { ...good, template_id: 'u', argv: ['cat', '{p}'], ...p('^/etc/[a-z/]+$', { example: '/etc/a' }) },
    ])
    expect(lintTemplates(text)).toEqual([
      {
        rule: 'path-secret',
        severity: 'error',
        index: 1,
        templateId: 'u',
        param: 'p',
        message: 'p can name a file that holds secrets.',
        cure: expect.stringContaining('^/var/log/'),
        counterExample: { value: '/etc/shadow', effect: 'names /etc/shadow: the password hashes of the host' },
      },
    ])
  })

  test('a value that shows something passes the pattern, the exponential and the misplaced apart', () => {
    const apart: readonly string[] = [
      'pattern-exponential',
      'placeholder-misplaced',
      'pattern-unanchored',
      'example-refused',
    ]
    for (const [rule, keys] of planted) {
      const pattern = String(Object.values(Object(keys.allowed_params ?? {}))[0] ?? '')
      for (const { rule: found, counterExample, param } of lint(keys)) {
        if (found !== rule || !counterExample || param === undefined || apart.includes(rule)) continue
        expect(new RegExp(`^(?:${pattern})$`, 's').test(counterExample.value), `${rule}: ${counterExample.value}`).toBe(
          true,
        )
      }
    }
  })

  test('an option that only the rule on leading dashes stops is a note', () => {
    const [finding] = lint({ command: 'systemctl status {p}', ...p('^[a-z-]+$') })
    expect(finding).toMatchObject({ rule: 'option-injection', severity: 'note', counterExample: { value: '--help' } })
  })

  test.each([
    ['[', 'the text ends too early'],
    ['{}', 'has to be a list'],
  ])('for the text %j as a whole has no index', (text, message) => {
    const [finding, ...others] = lintTemplates(text)
    expect(others).toEqual([])
    expect(finding).toMatchObject({ rule: 'invalid', message: expect.stringContaining(message) })
    expect(finding).not.toHaveProperty('index')
  })

  test('a repeated id', () => {
    const text = JSON.stringify([
      { ...good, argv: ['df'] },
      { ...good, argv: ['df'] },
    ])
    expect(lintTemplates(text)).toMatchObject([
      { rule: 'invalid', index: 1, message: 'The template_id stands there twice.' },
    ])
  })

  test.each([[[null]], [[1]], [['x']], [[[]]], [[{}]]])('%j is a finding, never an exception', (entries) => {
    expect(lintTemplates(JSON.stringify(entries))).toMatchObject([{ rule: 'invalid', index: 0 }])
  })
})

test('the ids of the rules are pinned', () => {
  expect(Object.entries(lintRules).map(([rule, { severity }]) => `${rule} ${severity}`)).toEqual([
    'invalid error',
    'placeholder-misplaced error',
    'placeholder-undeclared warning',
    'brace-escaped warning',
    'pattern-not-linear error',
    'pattern-exponential warning',
    'pattern-unanchored warning',
    'pattern-empty note',
    'pattern-too-wide warning',
    'option-injection error',
    'code-parameter error',
    'program-parameter error',
    'path-secret error',
    'path-world-writable warning',
    'sudo-free-word error',
    'risk-understated error',
    'role-wider-than-risk warning',
    'description-missing note',
    'example-missing note',
    'example-refused warning',
  ])
})
