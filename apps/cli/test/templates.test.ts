import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { packs } from '../src/packs.ts'
import { type CliBench, cliBench } from './support/cli-bench.ts'

let bench: CliBench
beforeEach(async () => {
  bench = cliBench()
  await bench.withHost()
})
afterEach(() => bench.remove())

const templates = (...args: readonly string[]) => bench.sshmcp(['templates', ...args])

test('list and show tell what a template needs', async () => {
  expect((await templates('list')).out).toMatch(/^disk_usage +low +\S/m)
  const { templates: listed } = JSON.parse((await templates('list', '--json')).out)
  expect(listed).toHaveLength(5)
  expect((await templates('show', 'restart_service')).out).toContain('needs an approval for each run')
  expect(JSON.parse((await templates('show', 'restart_service', '--json')).out)).toMatchObject({
    template_id: 'restart_service',
    needs_approval: true,
    params: [{ name: 'service', required: true }],
  })
})

test.each(['show', 'render'])('%s of a misspelt template names the nearest', async (command) => {
  expect(await templates(command, 'disk_usge')).toMatchObject({
    code: 2,
    err: expect.stringContaining('Did you mean disk_usage?'),
  })
})

describe('lint', () => {
  test('has nothing to say against what init copied', async () => {
    expect(await templates('lint')).toMatchObject({ code: 0, out: expect.stringContaining('Nothing to say') })
    expect(JSON.parse((await templates('lint', '--json')).out)).toMatchObject({ findings: [] })
  })

  test('findings are data, with a value that shows it, and exit code 3', async () => {
    const careless = { template_id: 'run', command: 'sh -c {line}', allowed_params: { line: '^.*$' } }
    bench.write('mine.json', [careless])
    const file = `${bench.config}/mine.json`
    const found = await templates('lint', file, '--json')
    expect(found.code).toBe(3)
    const { findings } = JSON.parse(found.out)
    expect(findings).toContainEqual(
      expect.objectContaining({
        rule: 'code-parameter',
        severity: 'error',
        template_id: 'run',
        counter_example: { value: expect.any(String), effect: expect.any(String) },
      }),
    )
    const shown = await templates('lint', file)
    expect(shown).toMatchObject({ code: 3, out: expect.stringMatching(/error +run +code-parameter\n.*\n +value +"/) })
  })

  test('a file that is not there is wrong use', async () => {
    expect(await templates('lint', '/nowhere.json')).toMatchObject({
      code: 2,
      err: expect.stringContaining('/nowhere.json'),
    })
  })
})

describe('render', () => {
  test('shows words and line, and runs nothing', async () => {
    const mine = {
      template_id: 'greet',
      description: 'Says hello.',
      argv: ['printf', '%s', '{name}'],
      sudo: true,
      allowed_params: { name: "^[a-z' ]+$" },
    }
    bench.write('templates.json', [mine])
    const rendered = await templates('render', 'greet', '--param', "name=it's me", '--json')
    expect(JSON.parse(rendered.out)).toMatchObject({ argv: ['sudo', '-n', '--', 'printf', '%s', "it's me"] })
    expect((await templates('render', 'greet', '--param', 'name=a')).out).toMatch(/argv .*"a"\nline .*printf/)
    expect(bench.transport.sent).toEqual([])
  })

  test('a value that the pattern refuses is a refusal', async () => {
    expect(await templates('render', 'restart_service', '--param', 'service=a b')).toMatchObject({ code: 3 })
    expect(await templates('render', 'restart_service', '--param', 'service')).toMatchObject({ code: 2 })
  })
})

describe('add', () => {
  test('copies a pack once, into the journal too', async () => {
    expect(await templates('add', 'nginx')).toMatchObject({ code: 0, out: expect.stringContaining('added') })
    const after = bench.read('templates.json')
    expect(JSON.parse(after)).toHaveLength(5 + (packs.get('nginx')?.length ?? 0))
    expect(await templates('add', 'nginx')).toMatchObject({ code: 2, err: expect.stringContaining('already in') })
    expect(bench.read('templates.json')).toBe(after)
    expect((await bench.sshmcp(['audit', 'tail', '--json'])).out).toContain('"templates add"')
  })

  test('every pack goes in beside the others, and the whole is clean', async () => {
    for (const pack of packs.keys()) expect((await templates('add', pack)).code, pack).toBe(0)
    expect(await templates('lint')).toMatchObject({ code: 0 })
  })

  test('a misspelt pack names the nearest', async () => {
    expect(await templates('add', 'ngnix')).toMatchObject({
      code: 2,
      err: expect.stringContaining('Did you mean nginx?'),
    })
  })
})
