import { aHost } from '@sshmcp/kernel/testing'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseTemplates, renderTemplate, type Template } from '../src/index.ts'
import { hostileValues } from './hostile-values.ts'
import { configText, shippedNames } from './packs.ts'
import { isInstalled, runLines, type Shell, servedShells } from './shells.ts'

interface Entry {
  readonly template_id: string
  readonly command?: string
  readonly argv?: readonly string[]
  readonly sudo?: boolean
  readonly allowed_params?: Readonly<Record<string, string>>
}

/** Fifty values over all classes: the first of each class that is not too long, then the next. */
const values = fifty(Object.values(hostileValues).map((list) => list.filter((value) => value.length < 200)))

function fifty(classes: readonly (readonly string[])[]): readonly string[] {
  const rounds = Math.max(...classes.map((list) => list.length))
  const inTurn = Array.from({ length: rounds }, (_, round) => classes.flatMap((list) => list.slice(round, round + 1)))
  return inTurn.flat().slice(0, 50)
}

/** Everything shipped that takes values, its patterns opened as wide as they go. */
const shipped = shippedNames
  .flatMap((name): readonly Entry[] => JSON.parse(configText(name)))
  .filter(({ allowed_params: params = {} }) => Object.keys(params).length > 0)

/** Templates nobody would write: values in the middle of words, beside each other, among literals full of quotes. */
const piece = fc.constantFrom(
  '{v}',
  '{w}',
  '{v}',
  '-n',
  '--key=',
  '/var/log/',
  '.log',
  'a b',
  "it's",
  '\\',
  '"',
  '$HOME',
  '*',
  '~',
  ';',
)
const generated = fc
  .sample(fc.array(fc.array(piece, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 4 }), {
    numRuns: 300,
    seed: 1,
  })
  .map((words, index): Entry => {
    const argv = ['frobnicate', '{v}{w}', ...words.map((pieces) => pieces.join(''))]
    return { template_id: `generated_${index}`, argv, allowed_params: { v: 'x', w: 'x' } }
  })

function opened({ template_id, command, argv, sudo, allowed_params: params = {} }: Entry): Template {
  const names = Object.keys(params)
  const letThrough = { allow_leading_dash: true, allow_dotdot: true }
  const entry = {
    template_id,
    ...(command ? { command } : { argv, sudo }),
    allowed_params: Object.fromEntries(names.map((name) => [name, '(?s).+'])),
    param_info: Object.fromEntries(names.map((name) => [name, letThrough])),
  }
  const [template] = parseTemplates(JSON.stringify([entry]), template_id)
  if (!template) throw new RangeError('one entry makes one template')
  return template
}

const templates = [...shipped, ...generated].slice(0, 300).map(opened)

/** The words a template is meant to become; shipped commands are plain words with blanks between them. */
function meant({ form }: Template, value: string): readonly string[] {
  if (form.kind === 'argv') {
    const words = form.words.map((word) => word.map((part) => ('text' in part ? part.text : value)).join(''))
    return form.sudo ? ['sudo', '-n', '--', ...words] : words
  }
  const text = form.pieces.map((part) => ('text' in part ? part.text : '\0')).join('')
  return text.split(' ').map((word) => word.replace('\0', () => value))
}

const host = aHost()
const cases = templates.flatMap((template) =>
  values.map((value) => {
    const given = Object.fromEntries(template.params.map(({ name }) => [name, value]))
    return { line: renderTemplate(template, host, given).line, words: meant(template, value) }
  }),
)

/** Many lines' words behind one program that prints each word it gets; a stray metacharacter would end its words. */
function printed(from: readonly { readonly line: string }[]): readonly string[] {
  const lines: string[] = []
  for (const { line } of from) {
    const joined = `${lines.at(-1) ?? ''} ${line}`
    if (lines.length > 0 && Buffer.byteLength(joined) < 100_000) lines[lines.length - 1] = joined
    else lines.push(`/usr/bin/printf '%s\\0' ${line}`)
  }
  return lines
}

test('there are 300 templates, everything shipped among them, and 50 values', () => {
  expect(templates).toHaveLength(300)
  expect(shipped.length).toBeGreaterThan(15)
  expect(new Set(values).size).toBe(50)
})

describe.each(servedShells)('$name', (shell: Shell) => {
  const program = shell.argv[0] ?? ''
  const isMissing = !isInstalled(program)
  if (isMissing && process.env.TEST_REQUIRE_REAL === '1') {
    test('is installed', () => expect.fail(`${program} is not installed`))
    return
  }
  test.skipIf(isMissing)(isMissing ? `${program} is not installed here` : 'no escape, every value one word', () => {
    const result = runLines(shell, printed(cases))
    expect(result.left).toEqual([])
    expect(result.stderr).toBe('')
    const expected = `${cases.flatMap(({ words }) => words).join('\0')}\0`
    // Compared as a whole first: a difference of megabytes would take minutes to print.
    if (result.stdout !== expected) expect(firstDifference(result.stdout, expected)).toBeUndefined()
    expect(result.status).toBe(0)
  })
})

function firstDifference(actual: string, expected: string) {
  const [had, wanted] = [actual.split('\0'), expected.split('\0')]
  const at = wanted.findIndex((word, index) => word !== had[index])
  return { at, wanted: wanted.slice(at, at + 3), had: had.slice(at, at + 3) }
}
