import { MemorySftp, MemoryTree } from '@sshmcp/transport/testing'
import { expect, test } from 'vitest'
import { testRules, toolBench } from '../testing/tool-bench.ts'

const args = { host_id: 'staging-1', remote_path: '/tmp/old', justification: 'disk is full' }

function scene(rules = testRules()) {
  const tree = new MemoryTree()
  tree.put('/tmp/old', 'x')
  tree.put('/tmp/kept', 'x')
  tree.put('/tmp/tool.sh', 'x')
  tree.put('/etc/secret', 'x')
  tree.folder('/tmp/folder')
  tree.other('/tmp/device')
  tree.link('/tmp/link', '/etc/secret')
  tree.link('/tmp/away', '/etc')
  return { ...toolBench({ rules, files: new MemorySftp(tree) }), tree }
}

test('deletes one file and keeps why', async () => {
  const { call, tree, journal } = scene()
  expect(await call('sftp_delete', args)).toMatchObject({
    isError: false,
    result: { host_id: 'staging-1', remote_path: '/tmp/old', status: 'deleted' },
    meta: { risk_level: 'medium' },
  })
  expect([tree.lstat('/tmp/old'), tree.text('/tmp/kept')]).toEqual([undefined, 'x'])
  expect(journal.lines).toMatchObject([
    { kind: 'intent', record: { action: { verb: 'file.delete', justification: 'disk is full' } } },
    { outcome: { status: 'ok' } },
  ])
})

test('a link goes, its target stays', async () => {
  const { call, tree } = scene()
  expect(await call('sftp_delete', { ...args, remote_path: '/tmp/link' })).toMatchObject({ isError: false })
  expect([tree.lstat('/tmp/link'), tree.text('/etc/secret')]).toEqual([undefined, 'x'])
})

test.each([
  ['a folder', '/tmp/folder', 'POLICY_PATH_FORBIDDEN'],
  ['the allowed folder itself', '/tmp', 'POLICY_PATH_FORBIDDEN'],
  ['a device', '/tmp/device', 'POLICY_PATH_FORBIDDEN'],
  ['what is outside', '/etc/secret', 'POLICY_PATH_FORBIDDEN'],
  ['what is behind a link', '/tmp/away/secret', 'POLICY_PATH_FORBIDDEN'],
  ['dots', '/tmp/folder/../old', 'POLICY_PATH_FORBIDDEN'],
  ['a blocked extension', '/tmp/tool.sh', 'POLICY_EXTENSION_BLOCKED'],
])('%s is denied, recorded as denied, and everything stays', async (_, path, code) => {
  const { call, tree, journal } = scene()
  const before = [tree.names('/tmp'), tree.names('/etc')]
  expect(await call('sftp_delete', { ...args, remote_path: path })).toMatchObject({ error: { code } })
  expect([tree.names('/tmp'), tree.names('/etc')]).toEqual(before)
  expect(journal.lines.at(-1)).toMatchObject({ outcome: { status: 'denied', error: { code } } })
})

test('what is not there is an error', async () => {
  expect(await scene().call('sftp_delete', { ...args, remote_path: '/tmp/none' })).toMatchObject({
    error: { code: 'SFTP_NOT_FOUND' },
  })
})

test.each([
  ['no justification', { host_id: 'staging-1', remote_path: '/tmp/old' }, 'INPUT_INVALID'],
  ['an empty one', { ...args, justification: '  ' }, 'POLICY_JUSTIFICATION_REQUIRED'],
])('%s', async (_, given, code) => {
  const { call, tree } = scene()
  expect(await call('sftp_delete', given)).toMatchObject({ error: { code } })
  expect(tree.text('/tmp/old')).toBe('x')
})

test('a read-only server and a developer delete nothing', async () => {
  const { call, tree } = scene(testRules({ readOnly: true }))
  expect(await call('sftp_delete', args)).toMatchObject({ error: { code: 'POLICY_READ_ONLY' } })
  expect(await toolBench({ roles: ['developer'] }).call('sftp_delete', args)).toMatchObject({
    error: { code: 'POLICY_ROLE_MISSING' },
  })
  expect(tree.text('/tmp/old')).toBe('x')
})
