import { expect, test } from 'vitest'
import { findNode, NodeMissing, versionOf } from './find-node.ts'

const machine = (versions: Readonly<Record<string, string>>, nodePath = '') => ({
  nodePath,
  searchPath: '/a:/b',
  versionOf: async (path: string) => versions[path],
})

test('takes the first that is new enough', async () => {
  expect(await findNode(machine({ '/a/node': 'v20.18.3', '/b/node': 'v20.19.0', '/usr/bin/node': 'v24.0.0' }))).toBe(
    '/b/node',
  )
})

test('looks where installers put it, though PATH is short', async () => {
  expect(await findNode(machine({ '/opt/homebrew/bin/node': 'v22.1.0' }))).toBe('/opt/homebrew/bin/node')
})

test('takes the one that was set, or says what is wrong with it', async () => {
  expect(await findNode(machine({ '/c/node': 'v24.0.0', '/a/node': 'v24.0.0' }, '/c/node'))).toBe('/c/node')
  await expect(findNode(machine({ '/c/node': 'v18.0.0', '/a/node': 'v24.0.0' }, '/c/node'))).rejects.toThrow(
    'sshMcp.nodePath names /c/node, which is v18.0.0. Set it to a Node.js 20.19 or newer.',
  )
})

test('without any, names the cure', async () => {
  const search = findNode(machine({ '/a/node': 'v18.20.0', '/b/node': 'what?' }))
  await expect(search).rejects.toThrow(NodeMissing)
  await expect(search).rejects.toThrow('Install it from https://nodejs.org, or set sshMcp.nodePath')
})

test('asks a real program', async () => {
  expect(await versionOf(process.execPath)).toBe(`${process.version}\n`)
  expect(await versionOf('/nowhere/node')).toBeUndefined()
})
