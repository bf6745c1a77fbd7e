import { aHost } from '@sshmcp/kernel/testing'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { renderTemplate } from './render.ts'
import { aTemplate } from './testing/index.ts'

const host = aHost()
const line = (keys: Readonly<Record<string, unknown>>, given = {}, on = host) =>
  renderTemplate(aTemplate(keys), on, given).line
const v = { allowed_params: { v: '(?s).+' } }

describe('the command form', () => {
  test.each([
    ['df -h', 'df -h'],
    ['cat {v}', "cat 'x y'"],
    ['run --lines={v}', "run --lines='x y'"],
    ['cat /var/log/{v}.log | head', "cat /var/log/'x y'.log | head"],
    ['cat {v} {v}', "cat 'x y' 'x y'"],
    ["awk '{{print $1}}' {v}", "awk '{print $1}' 'x y'"],
    ["awk '{print $1}' {v}", "awk '{print $1}' 'x y'"],
  ])('%s', (command, expected) => {
    expect(line({ command, ...(command.includes('{v}') && v) }, command.includes('{v}') ? { v: 'x y' } : {})).toBe(
      expected,
    )
  })
})

describe('the argv form', () => {
  test.each([
    [['df', '-h'], 'df -h'],
    [['printf', 'a b', '$x', ''], "printf 'a b' '$x' ''"],
    [['cat', '/var/log/{v}.log'], "cat /var/log/'x'.log"],
    [['if', 'x'], "'if' x"],
    [['awk', '{{v}}'], "awk '{v}'"],
  ])('%j', (argv, expected) => {
    const has = argv.some((word) => word.replaceAll('{{v}}', '').includes('{v}'))
    expect(line({ argv, ...(has && v) }, has ? { v: 'x' } : {})).toBe(expected)
  })

  test('sudo, left out when the login is root', () => {
    const keys = { argv: ['systemctl', 'restart', 'nginx'], sudo: true }
    expect(line(keys)).toBe('sudo -n -- systemctl restart nginx')
    expect(line(keys, {}, aHost({ sshUser: 'root' }))).toBe('systemctl restart nginx')
    expect(line({ ...keys, sudo: false })).toBe('systemctl restart nginx')
  })

  test('env, cwd and sudo stand in the order in which they hold', () => {
    const keys = { argv: ['ls', '-l'], sudo: true, env: { LC_ALL: 'C', X: 'a b', EMPTY: '' }, cwd: '/srv/my app' }
    expect(line(keys)).toBe("cd '/srv/my app' && sudo -n -- env LC_ALL=C X='a b' EMPTY= ls -l")
  })

  test('stdin takes values as they are, and the line says nothing of them', () => {
    const keys = { argv: ['wc', '-c'], stdin: 'to {v}\n', ...v }
    expect(renderTemplate(aTemplate(keys), host, { v: "it's" })).toMatchObject({
      line: 'wc -c',
      stdin: "to it's\n",
      needsServedShell: false,
    })
  })
})

describe('needsServedShell', () => {
  test.each([
    [{ command: 'df -h' }, false],
    [{ command: "awk '{print $1}' /etc/passwd" }, false],
    [{ argv: ['df', 'a b'] }, false],
    [{ argv: ['echo', "it's"] }, true],
    [{ argv: ['echo', 'hi!'] }, true],
    [{ command: 'cat {v}', ...v }, true],
    [{ argv: ['cat', '{v}'], ...v }, true],
    [{ argv: ['ls'], env: { A: '{v}' }, ...v }, true],
    [{ argv: ['ls'], cwd: '/srv/{v}', ...v }, true],
  ])('%j: %s', (keys, expected) => {
    const template = aTemplate(keys)
    expect(renderTemplate(template, host, template.params.length > 0 ? { v: 'x' } : {}).needsServedShell).toBe(expected)
  })
})

describe('length', () => {
  const names = Array.from({ length: 30 }, (_, index) => `p${index}`)
  const keys = {
    argv: ['echo', ...names.map((name) => `{${name}}`)],
    allowed_params: Object.fromEntries(names.map((name) => [name, '(?s).+'])),
  }
  const filled = (text: string) => Object.fromEntries(names.map((name) => [name, text]))

  test('a line of 100,000 bytes at most, counted in UTF-8', () => {
    expect(() => line(keys, filled('é'.repeat(1700)))).toThrow(
      expect.objectContaining({ code: 'POLICY_LINE_TOO_LONG' }),
    )
    expect(line(keys, filled('é'.repeat(1600))).length).toBeGreaterThan(48_000)
  })

  test('standard input too', () => {
    const stdin = names.map((name) => `{${name}}`).join('')
    const piped = aTemplate({ ...keys, argv: ['cat'], stdin })
    expect(() => renderTemplate(piped, host, filled('x'.repeat(4000)))).toThrow(
      expect.objectContaining({ code: 'POLICY_LINE_TOO_LONG' }),
    )
  })
})

test('read the way a POSIX shell reads it, the line is the words that were meant', () => {
  const template = aTemplate({ argv: ['echo', '{v}', 'a{v}b', '{v}{v}'], ...v })
  const value = fc.string({ unit: fc.constantFrom("'", '\\', '"', '$', '`', ' ', ';', 'a', '#', '~'), minLength: 1 })
  fc.assert(
    fc.property(value, (text) => {
      expect(posixWords(renderTemplate(template, host, { v: text }).line)).toEqual([
        'echo',
        text,
        `a${text}b`,
        text + text,
      ])
    }),
  )
})

/** Words of a line that holds plain characters, single quotes and double quotes without expansions. */
function posixWords(text: string): readonly string[] {
  const words: string[] = []
  const token = /'([^']*)'|"((?:[^"\\$`]|\\["\\$`])*)"|([A-Za-z]+)|( )/y
  let word: string | undefined
  while (token.lastIndex < text.length) {
    const found = token.exec(text)
    if (!found) throw new Error(`not understood at ${text}`)
    const [, single, double, bare, space] = found
    if (space !== undefined) words.push(word ?? '')
    word = space === undefined ? (word ?? '') + (single ?? double?.replace(/\\(.)/g, '$1') ?? bare ?? '') : undefined
  }
  return [...words, word ?? '']
}
