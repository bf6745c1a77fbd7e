import { existsSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type CliBench, cliBench } from './support/cli-bench.ts'

let bench: CliBench
beforeEach(async () => {
  bench = cliBench()
  await bench.withHost()
})
afterEach(() => bench.remove())

const add = (...args: readonly string[]) => bench.sshmcp(['identities', 'add', ...args])

describe('identities add', () => {
  test('prints the token once and keeps only its digest, in a file of its owner', async () => {
    const made = await add(
      'alice',
      '--roles',
      'operator,admin',
      '--display-name',
      'Alice',
      '--expires',
      '30d',
      '--json',
    )
    expect(made.code).toBe(0)
    const { token, ...rest } = JSON.parse(made.out)
    expect(rest).toEqual({ user_id: 'alice', roles: ['operator', 'admin'], expires_at: expect.stringMatching(/Z$/) })
    expect(bench.read('identities.json')).not.toContain(token)
    expect(statSync(join(bench.config, 'identities.json')).mode & 0o777).toBe(0o600)
    expect(readdirSync(bench.config).filter((name) => name.endsWith('.new'))).toEqual([])
    const run = ['run', 'web-1', 'disk_usage']
    expect(await bench.sshmcp(run)).toMatchObject({ code: 2, err: expect.stringContaining('IDENTITY_TOKEN_REQUIRED') })
    expect((await bench.sshmcp(run, { env: { SSH_MCP_AUTH_TOKEN: token } })).code).toBe(0)
  })

  test('the token alone is on stdout, for a file', async () => {
    const { out, err } = await add('alice', '--roles', 'operator')
    expect(out).toMatch(/^sshmcp_[A-Za-z0-9_-]{43}\n$/)
    expect(err).toContain('first identity')
    expect((await add('bob', '--roles', 'admin')).err).not.toContain('first identity')
  })

  test('a second add names --rotate, which replaces the token and keeps the rest', async () => {
    const first = JSON.parse((await add('alice', '--roles', 'operator', '--json')).out)
    const before = bench.read('identities.json')
    expect(await add('alice', '--roles', 'admin')).toMatchObject({ code: 2, err: expect.stringContaining('--rotate') })
    expect(bench.read('identities.json')).toBe(before)
    const second = JSON.parse((await add('alice', '--rotate', '--json')).out)
    expect(second).toMatchObject({ user_id: 'alice', roles: ['operator'] })
    expect(second.token).not.toBe(first.token)
    expect(
      await bench.sshmcp(['run', 'web-1', 'disk_usage'], { env: { SSH_MCP_AUTH_TOKEN: first.token } }),
    ).toMatchObject({ code: 2, err: expect.stringContaining('IDENTITY_TOKEN_UNKNOWN') })
  })

  test.each([
    ['no roles', ['alice']],
    ['a role that is none', ['alice', '--roles', 'operater']],
    ['a name that is none', ['Alice', '--roles', 'operator']],
    ['an end that has passed', ['alice', '--roles', 'operator', '--expires', '2001-01-01']],
    ['an end that is none', ['alice', '--roles', 'operator', '--expires', 'soon']],
    ['a rotation of nobody', ['alice', '--rotate']],
  ])('%s is refused and changes nothing', async (_, args) => {
    expect((await add(...args)).code).toBe(2)
    expect(existsSync(join(bench.config, 'identities.json'))).toBe(false)
  })

  test('names the nearest role', async () => {
    expect((await add('alice', '--roles', 'operater')).err).toContain('Did you mean operator?')
  })

  test('a file with a mistake in it is not rewritten', async () => {
    writeFileSync(join(bench.config, 'identities.json'), '{ "identities": [], "identites": [] }', { mode: 0o600 })
    expect((await add('alice', '--roles', 'operator')).code).toBe(2)
    expect(bench.read('identities.json')).toContain('identites')
  })

  test('notes in the file stay', async () => {
    bench.write('identities.json', { _note: 'ours', identities: [] })
    await add('alice', '--roles', 'operator')
    expect(JSON.parse(bench.read('identities.json'))).toMatchObject({
      _note: 'ours',
      identities: [{ user_id: 'alice' }],
    })
  })
})

describe('identities revoke', () => {
  test('takes the identity away, and says when it was the last', async () => {
    await add('alice', '--roles', 'operator')
    await add('bob', '--roles', 'admin')
    expect(await bench.sshmcp(['identities', 'revoke', 'alice'])).toMatchObject({ code: 0, err: '' })
    expect(await bench.sshmcp(['identities', 'revoke', 'bobb'])).toMatchObject({
      code: 2,
      err: expect.stringContaining('Did you mean bob?'),
    })
    expect(await bench.sshmcp(['identities', 'revoke', 'bob'])).toMatchObject({
      code: 0,
      err: expect.stringContaining('local mode'),
    })
  })
})

test('identities list shows who there is, and no digest', async () => {
  expect((await bench.sshmcp(['identities', 'list'])).out).toContain('local:dana')
  await add('alice', '--roles', 'operator', '--display-name', 'Alice L')
  expect((await bench.sshmcp(['identities', 'list'])).out).toBe('alice  Alice L  operator\n')
  const { identities } = JSON.parse((await bench.sshmcp(['identities', 'list', '--json'])).out)
  expect(identities).toEqual([{ user_id: 'alice', display_name: 'Alice L', roles: ['operator'] }])
})

test('every change stands in the journal as the OS user’s, refused ones too, without the token', async () => {
  const { token } = JSON.parse((await add('alice', '--roles', 'admin', '--json')).out)
  await add('alice', '--roles', 'admin')
  await bench.sshmcp(['identities', 'revoke', 'alice'])
  const { out } = await bench.sshmcp(['audit', 'tail', '--json', '-n', '100'])
  const changes = out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
    .filter(({ kind, detail }) => kind === 'change' && detail?.command !== 'init')
  expect(changes).toMatchObject([
    { user_id: 'local:dana', status: 'ok', detail: { command: 'identities add', user_id: 'alice' } },
    { user_id: 'local:dana', status: 'error', code: 'IDENTITY_EXISTS' },
    { user_id: 'local:dana', status: 'ok', detail: { command: 'identities revoke', user_id: 'alice' } },
  ])
  expect(out).not.toContain(token)
})
