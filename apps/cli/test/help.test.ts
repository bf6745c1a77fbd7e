import { execFileSync } from 'node:child_process'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { requireReal } from '../../../test/support/require-real.ts'
import { type CliBench, cliBench } from './support/cli-bench.ts'

let bench: CliBench
beforeAll(async () => {
  bench = cliBench()
  await bench.withHost()
})
afterAll(() => bench.remove())

const words = async (...line: readonly string[]): Promise<readonly string[]> => {
  const { out } = await bench.sshmcp(['completion', 'words', '--', ...line])
  return out.split('\n').filter((word) => word !== '')
}

/** Every command there is, as it is typed, by walking the completion. */
async function everyCommand(): Promise<readonly (readonly string[])[]> {
  const top = (await words('')).map((name) => [name])
  const nested = await Promise.all(
    top.map(async ([name = '']) => {
      const { out } = await bench.sshmcp([name, '--help'])
      const isGroup = /^Usage: sshmcp \S+ \[options\] \[command\]$/m.test(out)
      return isGroup ? (await words(name, '')).map((child) => [name, child]) : [[name]]
    }),
  )
  return nested.flat()
}

test('each command has help with an example, and takes --json', async () => {
  const commands = await everyCommand()
  expect(commands.length).toBeGreaterThan(20)
  for (const command of commands) {
    const { code, out } = await bench.sshmcp([...command, '--help'])
    expect({ command, code }).toEqual({ command, code: 0 })
    expect(out, command.join(' ')).toMatch(new RegExp(`Example:\\n(.*\\n)*.*sshmcp ${command.join(' ')}`))
    expect(out, command.join(' ')).toContain('--json')
  }
})

test('help without a command says what it is, and the first steps', async () => {
  const { code, out } = await bench.sshmcp(['--help'])
  expect(code).toBe(0)
  expect(out).toContain('Without a command it is the server for an editor')
  const [, steps = ''] = /First steps:\n((?: {2}sshmcp .+\n)+)/.exec(out) ?? []
  const known = (await everyCommand()).map((command) => command.join(' '))
  for (const step of steps.trim().split('\n')) {
    const typed = step.trim().replace('sshmcp ', '')
    expect(
      known.some((command) => typed === command || typed.startsWith(`${command} `)),
      step,
    ).toBe(true)
  }
})

test('a group says where its examples are, and an argument what it is', async () => {
  expect((await bench.sshmcp(['hosts', '--help'])).out).toContain('Each has an example: sshmcp hosts list --help')
  expect((await bench.sshmcp(['run', '--help'])).out).toMatch(/host +a host_id; sshmcp hosts list shows them/)
  expect((await bench.sshmcp(['approvals', 'approve', '--help'])).out).toMatch(/id +a request_id/)
})

test.each([
  [['hots'], 'hosts'],
  [['hosts', 'lst'], 'list'],
  [['templates', 'ad', 'nginx'], 'add'],
  [['audit', 'verfy'], 'verify'],
  [['approvals', 'aprove', 'x'], 'approve'],
  [['doctor', '--fixx'], '--fix'],
  [['templates', 'show', 'disk_usag'], 'disk_usage'],
  [['hosts', 'test', 'web1'], 'web-1'],
])('%j names what was meant', async (args, meant) => {
  const { code, err } = await bench.sshmcp(args)
  expect(code).toBe(2)
  expect(err).toContain(meant)
})

test('wrong use says where to look', async () => {
  expect((await bench.sshmcp(['run'])).err).toContain('sshmcp run --help')
})

describe('completion', () => {
  test('knows commands, options, hosts, templates, packs and editors', async () => {
    expect(await words('ho')).toEqual(['hosts'])
    expect(await words('templates', 'l')).toEqual(['list', 'lint'])
    expect(await words('run', '')).toEqual(['web-1'])
    expect(await words('run', 'web-1', 'disk')).toEqual(['disk_usage'])
    expect(await words('templates', 'add', 'ngi')).toEqual(['nginx'])
    expect(await words('mcp-config', 'c')).toEqual(['claude', 'cursor'])
    expect(await words('audit', 'verify', '--req')).toEqual(['--require'])
    expect(await words('nothing', 'such')).toEqual([])
  })

  test.skipIf(!requireReal('bash'))('is a script that bash takes', async () => {
    const { out } = await bench.sshmcp(['completion', 'bash'])
    const ask = `${out}\nsshmcp() { printf '%s\\n' "$@"; }\nCOMP_WORDS=(sshmcp run web); COMP_CWORD=2; _sshmcp; printf '%s|' "\${COMPREPLY[@]}"`
    expect(execFileSync('bash', ['-c', ask], { encoding: 'utf8' })).toBe('completion|words|--|run|web|')
  })
})
