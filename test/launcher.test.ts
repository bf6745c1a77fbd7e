import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { repository } from './repository.ts'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sshmcp-launcher-'))
  copyFileSync(join(repository, 'scripts/bundle/launcher.mjs'), join(folder, 'index.mjs'))
  // "type" as in the packages; the program stands beside its launcher.
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
  writeFileSync(join(folder, 'program.js'), "process.stdout.write(process.argv.slice(2).join(' '))\n")
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** The launcher under a Node that says it is of that version. */
function launch(version: string) {
  const claim = `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '${version}' } })`
  const args = ['--import', `data:text/javascript,${encodeURIComponent(claim)}`, join(folder, 'index.mjs'), 'doctor']
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' })
  return { status, stdout, stderr }
}

test.each(['14.21.3', '18.20.8', '20.9.0', '20.18.3'])('on Node %s there is one message, with the cure', (version) => {
  const { status, stdout, stderr } = launch(version)
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
  expect(stderr).toContain(`Node ${version} `)
  expect(stderr).toContain('sshmcp needs Node 20.19 or newer')
  expect(stderr).toContain('sshmcp mcp-config EDITOR --write')
})

test.each(['20.19.0', '22.0.0', '24.21.0'])('on Node %s the program starts, with its arguments', (version) => {
  expect(launch(version)).toEqual({ status: 0, stdout: 'doctor', stderr: '' })
})

test.each(['cli', 'stdio-server', 'http-server'])('%s asks npm for the same Node as the launcher', (app) => {
  const { engines } = JSON.parse(readFileSync(join(repository, 'apps', app, 'package.json'), 'utf8'))
  expect(engines.node).toBe('>=20.19')
})
