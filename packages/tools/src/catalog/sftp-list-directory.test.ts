import { MemorySftp, MemoryTree } from '@sshmcp/transport/testing'
import { expect, test } from 'vitest'
import { column, testRules, toolBench } from '../testing/tool-bench.ts'

const args = { host_id: 'staging-1', remote_path: '/tmp' }

function scene(fill: (tree: MemoryTree) => void = () => {}) {
  const tree = new MemoryTree()
  tree.folder('/tmp')
  tree.put('/etc/secret', 'x')
  fill(tree)
  return { ...toolBench({ roles: ['developer'], files: new MemorySftp(tree) }), tree }
}

test('lists what stands in a folder, sorted, links as links', async () => {
  const { call, journal } = scene((tree) => {
    tree.put('/tmp/b', 'four', { mode: 0o640 })
    tree.folder('/tmp/a')
    tree.link('/tmp/c', '/etc/secret')
    tree.other('/tmp/d')
  })
  expect(await call('sftp_list_directory', args)).toMatchObject({
    isError: false,
    result: {
      remote_path: '/tmp',
      entries: [
        { name: 'a', type: 'directory' },
        { name: 'b', type: 'file', size: 4, mode: '0640', modified: '2026-01-01T00:00:00.000Z' },
        { name: 'c', type: 'symlink' },
        { name: 'd', type: 'other' },
      ],
      count: 4,
      next_cursor: '',
    },
    meta: { risk_level: 'low' },
  })
  expect(journal.lines).toMatchObject([
    { kind: 'intent' },
    { outcome: { status: 'ok', detail: { resolved: '/tmp', count: 4 } } },
  ])
})

test('pages through every name once, whatever comes and goes in between', async () => {
  const names = Array.from({ length: 450 }, (_, index) => `n${String(index).padStart(3, '0')}`)
  const { call, tree } = scene((filled) => {
    for (const name of [...names].reverse()) filled.put(`/tmp/${name}`, '')
  })
  const seen: unknown[] = []
  let cursor: unknown = ''
  do {
    const reply = await call('sftp_list_directory', { ...args, cursor, limit: 200 })
    seen.push(column(reply, 'entries', 'name'))
    cursor = reply.isError ? '' : reply.result.next_cursor
    tree.remove('/tmp/n000')
  } while (cursor !== '')
  expect(seen.map((page) => (Array.isArray(page) ? page.length : page))).toEqual([200, 200, 50])
  expect(seen.flat()).toEqual(names)
})

test('names are exact in data and harmless for a screen', async () => {
  const { call } = scene((tree) => {
    tree.put('/tmp/a\u001b[2Jb', '')
    tree.put('/tmp/caf\udce9', '')
    tree.put('/tmp/line\nbreak', '')
    tree.put('/tmp/ünï 😀', '')
  })
  const reply = await call('sftp_list_directory', args)
  expect(reply).toMatchObject({
    result: {
      entries: [
        { name: 'a\u001b[2Jb', display_name: 'a\\u{1b}[2Jb' },
        { name: 'caf\ufffd', name_base64: Buffer.from([0x63, 0x61, 0x66, 0xe9]).toString('base64') },
        { name: 'line\nbreak', display_name: 'line\\u{a}break' },
        { name: 'ünï 😀' },
      ],
    },
  })
  expect(JSON.stringify(reply)).not.toMatch(/\\udc/)
})

test('a name with a secret in it has no form that nobody redacts', async () => {
  const { call } = scene((tree) => {
    tree.put('/tmp/a-hunter2-caf\udce9', '')
    tree.put('/tmp/b', '')
  })
  const reply = await call('sftp_list_directory', { ...args, limit: 1 })
  expect(reply).toMatchObject({ result: { entries: [{ name: 'a-hunter2-caf\ufffd' }] } })
  expect(reply).not.toHaveProperty('result.entries.0.name_base64')
})

test.each([
  ['outside', '/etc', 'POLICY_PATH_FORBIDDEN'],
  ['that only begins like an allowed one', '/tmpfoo', 'POLICY_PATH_FORBIDDEN'],
  ['above an allowed one', '/', 'POLICY_PATH_FORBIDDEN'],
  ['by dots', '/tmp/../etc', 'POLICY_PATH_FORBIDDEN'],
  ['behind a link', '/tmp/away', 'POLICY_PATH_FORBIDDEN'],
  ['behind a link on the way', '/tmp/away/ssh', 'POLICY_PATH_FORBIDDEN'],
  ['that is a file', '/tmp/file', 'TRANSFER_NOT_A_FOLDER'],
  ['that is not there', '/tmp/none', 'SFTP_NOT_FOUND'],
])('a folder %s', async (_, path, code) => {
  const { call } = scene((tree) => {
    tree.link('/tmp/away', '/etc')
    tree.folder('/etc/ssh')
    tree.put('/tmp/file', 'x')
  })
  expect(await call('sftp_list_directory', { ...args, remote_path: path })).toMatchObject({ error: { code } })
})

test('takes a slash at the end, and an allowed folder that is a link', async () => {
  const { call } = scene((tree) => {
    tree.put('/mnt/log/x', '')
    tree.link('/var/log', '/mnt/log')
  })
  expect(await call('sftp_list_directory', { ...args, remote_path: '/var/log/' })).toMatchObject({
    result: { remote_path: '/mnt/log', count: 1 },
  })
})

test.each([
  ['cursor', { cursor: '%%%' }],
  ['limit', { limit: 0 }],
  ['limit', { limit: 1001 }],
])('refuses a bad %s', async (field, more) => {
  expect(await scene().call('sftp_list_directory', { ...args, ...more })).toMatchObject({
    error: { code: 'INPUT_INVALID', field },
  })
})

test('an auditor lists nothing, a read-only server does', async () => {
  const files = new MemorySftp()
  files.tree.folder('/tmp')
  const rules = testRules({ readOnly: true })
  expect(await toolBench({ roles: ['auditor'], files }).call('sftp_list_directory', args)).toMatchObject({
    isError: true,
  })
  expect(await toolBench({ rules, files }).call('sftp_list_directory', args)).toMatchObject({ isError: false })
})
