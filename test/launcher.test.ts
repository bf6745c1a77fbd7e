import { spawnSync } from 'node:child_process'
import {
  chownSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { enableCompileCache } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { repository } from './repository.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sshmcp-launcher-'))
  mkdirSync(join(folder, 'dist'))
  copyFileSync(join(repository, 'scripts/bundle/launcher.mjs'), join(folder, 'dist/index.js'))
  // "type" as in the packages; the program stands beside its launcher.
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
  writeFileSync(join(folder, 'dist/program.js'), "process.stdout.write(process.argv.slice(2).join(' '))\n")
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** The launcher under a Node that says it is of that version. */
function launch(version: string) {
  const claim = `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '${version}' } })`
  const args = [
    '--import',
    `data:text/javascript,${encodeURIComponent(claim)}`,
    join(folder, 'dist/index.js'),
    'doctor',
  ]
  // Set where coverage is counted.
  const { NODE_DISABLE_COMPILE_CACHE: _, ...env } = process.env
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8', env })
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

describe('what V8 made of a program', () => {
  const kept = (): boolean => existsSync(join(folder, '.compile-cache'))
  const version = process.versions.node
  const started = { status: 0, stdout: 'doctor', stderr: '' }

  test.skipIf(enableCompileCache === undefined)('is kept in the package that it belongs to', () => {
    expect([launch(version), kept()]).toEqual([started, true])
  })

  test.skipIf(process.getuid?.() !== 0)("is not kept in another's package, which could not remove it", () => {
    chownSync(folder, 1, 1)
    expect([launch(version), kept()]).toEqual([started, false])
  })

  test('is not missed where nothing can be kept', () => {
    writeFileSync(join(folder, '.compile-cache'), '')
    expect(launch(version)).toEqual(started)
  })
})

test.each(['cli', 'stdio-server', 'http-server'])('%s asks npm for the same Node as the launcher', (app) => {
  const { engines } = JSON.parse(readFileSync(join(repository, 'apps', app, 'package.json'), 'utf8'))
  expect(engines.node).toBe('>=20.19')
})
