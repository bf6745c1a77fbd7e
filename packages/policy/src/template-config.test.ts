import { describe, expect, test } from 'vitest'
import { parseTemplates } from './template-config.ts'
import { viewTemplate } from './template-view.ts'

type Keys = Readonly<Record<string, unknown>>
const minimal = { template_id: 't', command: 'cat {p}', allowed_params: { p: '^[a-z]+$' } }
const words = { template_id: 't', argv: ['cat', '{p}'], allowed_params: { p: '^[a-z]+$' } }
const parse = (...entries: readonly Keys[]) => parseTemplates(JSON.stringify(entries), 'templates.json')
const refusal = (...entries: readonly Keys[]) => {
  try {
    parse(...entries)
  } catch (error) {
    return error
  }
  throw new Error('was not refused')
}

describe('each key has its effect', () => {
  test.each<[Keys, Keys]>([
    [{ template_id: 'x' }, { templateId: 'x' }],
    [{ description: 'd' }, { description: 'd' }],
    [{ command: 'head {p}' }, { shown: 'head {p}' }],
    [{}, { risk: 'medium', timeoutSeconds: 30, allowedRoles: undefined, description: '' }],
    [{ allowed_roles: ['admin'] }, { allowedRoles: new Set(['admin']) }],
    [{ timeout_seconds: 300 }, { timeoutSeconds: 300 }],
    [{ risk_level: 'low' }, { risk: 'low' }],
    [{ _note: 'x', $schema: 'y' }, { templateId: 't' }],
  ])('%j', (keys, expected) => {
    expect(parse({ ...minimal, ...keys })[0]).toMatchObject(expected)
  })

  test.each<[Keys, Keys]>([
    [
      {},
      {
        description: '',
        example: '',
        default: undefined,
        maxLength: 4096,
        allowLeadingDash: false,
        allowDotDot: false,
      },
    ],
    [
      { description: 'd', example: 'e' },
      { description: 'd', example: 'e' },
    ],
    [{ default: 'abc' }, { default: 'abc' }],
    [{ default: '' }, { default: undefined }],
    [{ max_length: 3 }, { maxLength: 3 }],
    [{ allow_leading_dash: true }, { allowLeadingDash: true }],
    [{ allow_dotdot: true }, { allowDotDot: true }],
  ])('param_info %j', (info, expected) => {
    expect(parse({ ...minimal, param_info: { p: info } })[0]?.params[0]).toMatchObject(expected)
  })

  test('argv, sudo, env, cwd and stdin make the form', () => {
    const [template] = parse({ ...words, sudo: true, env: { A: '{p}' }, cwd: '/srv', stdin: 'in' })
    expect(template?.form).toEqual({
      kind: 'argv',
      words: [[{ text: 'cat' }], [{ text: '--' }], [{ param: 'p' }]],
      sudo: true,
      env: [{ name: 'A', value: [{ param: 'p' }] }],
      cwd: [{ text: '/srv' }],
      stdin: [{ text: 'in' }],
    })
    expect(template && viewTemplate(template)).toMatchObject({
      command: 'cd /srv && sudo -n -- env A={p} cat {p}',
      stdin: 'in',
    })
  })
})

describe('refused with source, path and cure', () => {
  test.each<[Keys, RegExp, string?]>([
    [{ ...minimal, comand: 'x' }, /^templates\.json: \[0\]\.comand is not a key/, 'Did you mean "command"?'],
    [
      { ...minimal, param_info: { p: { max_lenght: 1 } } },
      /param_info\.p\.max_lenght is not/,
      'Did you mean "max_length"?',
    ],
    [{ ...minimal, param_info: { q: {} } }, /param_info\.q describes a parameter/, 'Did you mean "p"?'],
    [{ ...minimal, argv: ['cat'] }, /\[0\] has both command and argv/],
    [{ template_id: 't' }, /\[0\] has neither command nor argv/],
    [{ ...minimal, sudo: true }, /\[0\]\.sudo goes with argv only/],
    [{ ...minimal, env: {} }, /\[0\]\.env goes with argv only/],
    [{ ...minimal, cwd: '/x' }, /\[0\]\.cwd goes with argv only/],
    [{ ...minimal, stdin: '' }, /\[0\]\.stdin goes with argv only/],
    [{ ...minimal, template_id: 'a b' }, /template_id has to be letters/],
    [{ ...minimal, timeout_seconds: 0 }, /timeout_seconds has to be at least 1/],
    [{ ...minimal, timeout_seconds: 301 }, /timeout_seconds has to be at most 300/],
    [{ ...minimal, risk_level: 'hihg' }, /risk_level has to be one of/, 'Did you mean "high"?'],
    [{ ...minimal, allowed_params: { p: '[' } }, /allowed_params\.p is not a regular expression/],
    [{ ...minimal, allowed_params: { p: '(?=a)a' } }, /allowed_params\.p uses look-around/],
    [{ ...minimal, allowed_params: { p: '(?<!a)b' } }, /allowed_params\.p uses look-around/],
    [{ ...minimal, allowed_params: { p: '(a)\\1' } }, /allowed_params\.p uses a back-reference/],
    [{ ...minimal, allowed_params: { p: 'a\\Z' } }, /allowed_params\.p uses \\Z/],
    [{ ...minimal, allowed_params: { p: 'a{1001}' } }, /allowed_params\.p repeats something more than 1000 times/],
    [{ ...minimal, allowed_params: { p: '[a-z]{1,1000}'.repeat(12) } }, /is too big once/],
    [{ ...minimal, allowed_params: { p: 'a'.repeat(1001) } }, /is longer than 1000 characters/],
    [
      { ...minimal, allowed_params: { ...minimal.allowed_params, q: 'a' } },
      /allowed_params\.q is declared, but no \{q\}/,
    ],
    [{ ...minimal, command: 'cat {pp}' }, /allowed_params\.p is declared, but no \{p\}/],
    [{ ...minimal, allowed_params: { 'a-b': 'a' } }, /has to be a name of letters/],
    [{ ...minimal, command: 'cat "{p}"' }, /command has a placeholder \{p\} that stands inside double quotes/],
    [{ ...minimal, command: "cat {p} '" }, /command never closes its single quotes/],
    [{ ...minimal, command: 'cat {p}\u0007' }, /command holds a control character/],
    [{ ...minimal, command: '' }, /command is empty/],
    [{ ...words, argv: [] }, /argv has to be at least 1/],
    [{ ...words, argv: ['{p}'] }, /argv\[0\] has to be the name or path of a program/],
    [{ ...words, argv: ['A=b', '{p}'] }, /argv\[0\] has to be the name or path of a program/],
    [{ ...words, argv: ['-x', '{p}'] }, /argv\[0\] has to be the name or path of a program/],
    [{ ...words, argv: ['a b', '{p}'] }, /argv\[0\] has to be the name or path of a program/],
    [{ ...words, cwd: 'srv' }, /cwd has to be an absolute path/],
    [{ ...words, env: { 'A-B': 'x' } }, /is not the name of an environment variable/],
    [{ ...minimal, param_info: { p: { default: '1' } } }, /default is no value for the parameter: it does not match/],
    [{ ...minimal, param_info: { p: { default: 'a..b' } } }, /default is no value for the parameter: it holds/],
    [{ ...minimal, param_info: { p: { max_length: 5000 } } }, /max_length has to be at most 4096/],
  ])('%j', (entry, message, next) => {
    expect(refusal(entry)).toMatchObject({
      code: 'CONFIG_INVALID',
      message: expect.stringMatching(message),
      ...(next && { next }),
    })
  })

  test('a misspelt placeholder is named beside the declared one', () => {
    const entry = { ...minimal, command: 'tail {line}', allowed_params: { lines: 'a' } }
    expect(refusal(entry)).toMatchObject({ next: 'Did you mean "line"?' })
  })

  test('an id that stands there twice', () => {
    expect(refusal(minimal, minimal)).toMatchObject({ message: 'templates.json: [1].template_id repeats "t" of [0].' })
  })
})
