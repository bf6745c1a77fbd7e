import { aHost } from '@sshmcp/kernel/testing'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { quoteValue, renderTemplate } from '../src/index.ts'
import { aTemplate } from '../src/testing/index.ts'
import { hostileValues, refusedValues } from './hostile-values.ts'
import { isInstalled, runLines, type Shell, servedShells } from './shells.ts'

const letThrough = { max_length: 4096, allow_leading_dash: true, allow_dotdot: true }
const host = aHost()

/** Prints each word it gets, ended by NUL: by its path, so that it is a program in every shell and never a builtin. */
const command = aTemplate({
  command: "/usr/bin/printf '%s\\0' {v}",
  allowed_params: { v: '(?s).+' },
  param_info: { v: letThrough },
})
const argv = aTemplate({
  argv: ['/usr/bin/printf', '%s\\0', '{v}', '--key={v}', '/a/{v}.log', '{v}{w}', 'it is "lite\\ral"; \'$x\''],
  allowed_params: { v: '(?s).+', w: '(?s).+' },
  param_info: { v: letThrough, w: letThrough },
})

const asCommand = (v: string) => renderTemplate(command, host, { v }).line
const asArgv = (v: string) => renderTemplate(argv, host, { v, w: v }).line
const wordsOfArgv = (v: string) => [v, `--key=${v}`, `/a/${v}.log`, `${v}${v}`, 'it is "lite\\ral"; \'$x\'']

function expectExactly(shell: Shell, lines: readonly string[], words: readonly string[], locale?: string): void {
  const result = runLines(shell, lines, locale)
  expect(result.left, `left behind by ${shell.name}`).toEqual([])
  expect(result.stderr).toBe('')
  expect(result.stdout.split('\0')).toEqual([...words, ''])
  expect(result.status).toBe(0)
}

const values = Object.values(hostileValues).flat()

describe.each(servedShells)('$name', (shell) => {
  const program = shell.argv[0] ?? ''
  const isMissing = !isInstalled(program)
  if (isMissing && process.env.TEST_REQUIRE_REAL === '1') {
    test('is installed', () => expect.fail(`${program} is not installed`))
    return
  }
  describe.skipIf(isMissing)(isMissing ? `${program} is not installed here` : 'runs what was rendered', () => {
    test('every hostile value arrives as one word, unchanged, and nothing else runs', () => {
      expectExactly(shell, values.map(asCommand), values)
    })

    test('the same as a part of a word, twice in a word, and beside literals', () => {
      const short = values.filter((value) => value.length < 1000)
      expectExactly(shell, short.map(asArgv), short.flatMap(wordsOfArgv))
    })

    test('values in env and cwd arrive unchanged as well', () => {
      const literal = 'printf \'%s\\0\' "$V" "$PWD"'
      const template = aTemplate({
        argv: ['/bin/sh', '-c', literal],
        env: { V: '{v}', PLAIN: 'a b' },
        cwd: '/usr/{d}',
        allowed_params: { v: '(?s).+', d: '^[a-z]+$' },
        param_info: { v: letThrough },
      })
      const short = values.filter((value) => value.length < 1000)
      const lines = short.map((v) => renderTemplate(template, host, { v, d: 'share' }).line)
      expectExactly(
        shell,
        lines,
        short.flatMap((value) => [value, '/usr/share']),
      )
    })

    test('the same without a UTF-8 locale', () => {
      expectExactly(shell, values.map(asCommand), values, 'C')
    })

    test('quoting itself holds line breaks and control characters, which the checks refuse before', () => {
      const refused = Object.entries(refusedValues).flatMap(([kind, list]) =>
        kind === 'nul' || kind === 'lone surrogate' ? [] : list,
      )
      const lines = refused.map((value) => `/usr/bin/printf '%s\\0' ${quoteValue(value)}`)
      expectExactly(shell, lines, refused)
    })

    test('random values, whatever they hold', () => {
      const anything = fc.oneof(
        fc.string({ unit: fc.constantFrom(...'\'"\\$`;&|<>(){}[]*?~!#^%=-. \u00e9a'), minLength: 1, maxLength: 12 }),
        fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }),
      )
      const sendable = anything.filter((value) => !isRefused(value))
      fc.assert(
        fc.property(fc.array(sendable, { minLength: 150, maxLength: 150 }), (batch) =>
          expectExactly(shell, batch.map(asCommand), batch),
        ),
        { numRuns: 4 },
      )
    })

    test('the canary sings when a value is pasted as it is', () => {
      const result = runLines(shell, ['/usr/bin/printf x ; touch PWN'])
      expect(result.left).toEqual(['PWN'])
    })
  })
})

test.skipIf(!isInstalled('fish'))('plain POSIX quoting lets two values escape in fish, and ours does not', () => {
  const posix = (value: string) => `'${value.replaceAll("'", "'\\''")}'`
  const pair = ['\\', '; touch PWN; #']
  const fish: Shell = { name: 'fish', argv: ['fish'] }
  expect(runLines(fish, [`/usr/bin/printf '%s' ${pair.map(posix).join(' ')}`]).left).toEqual(['PWN'])
  expectExactly(fish, [`/usr/bin/printf '%s\\0' ${pair.map(quoteValue).join(' ')}`], pair)
})

function isRefused(value: string): boolean {
  try {
    asCommand(value)
    return false
  } catch {
    return true
  }
}

test.each(Object.entries(refusedValues))('%s is refused, whatever the pattern', (_, list) => {
  for (const value of list) expect(isRefused(value), JSON.stringify(value)).toBe(true)
})
