import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { aHost } from '@sshmcp/kernel/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { renderTemplate, type Template } from '../src/index.ts'
import { exampleValues, shippedNames, shippedTemplates, userlandOf } from './packs.ts'
import { isInstalled } from './shells.ts'

/** As root nothing needs sudo; what a template runs is the same. */
const host = aHost({ sshUser: 'root' })
/** How programs say that they do not understand their arguments. */
const misunderstood =
  /unrecognized|invalid option|unknown option|illegal option|bad option|usage:|syntax error|unknown command/i

/** Nothing here may touch what the machine really runs. */
const harmless: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  reload_service: { service: 'sshmcp-no-such-unit.service' },
  restart_service: { service: 'sshmcp-no-such-unit.service' },
  docker_restart: { container: 'sshmcp-no-such-container' },
  ping_host: { target: '127.0.0.1' },
  certificate_of_server: { target: 'localhost', port: '1' },
  resolve_name: { name: 'localhost' },
}
const neverRun = ['nginx_reload']

let applets = ''
let sleeper: ChildProcess | undefined
beforeAll(() => {
  applets = mkdtempSync(join(tmpdir(), 'sshmcp-applets-'))
  if (isInstalled('busybox')) spawnSync('busybox', ['--install', '-s', applets])
  sleeper = spawn('sleep', ['600'], { stdio: 'ignore' })
})
afterAll(() => {
  sleeper?.kill()
  rmSync(applets, { recursive: true, force: true })
})

function run(template: Template, path: string | undefined) {
  const own = template.templateId === 'stop_process' ? { pid: String(sleeper?.pid) } : {}
  const values = { ...exampleValues(template), ...harmless[template.templateId], ...own }
  const { line, stdin } = renderTemplate(template, host, values)
  const result = spawnSync('/bin/sh', ['-c', line], {
    env: { ...process.env, PATH: path, LC_ALL: 'C' },
    input: stdin,
    encoding: 'utf8',
    timeout: template.timeoutSeconds * 1000,
  })
  return { ...result, line }
}

function programOf(template: Template): string {
  const { line } = renderTemplate(template, host, exampleValues(template))
  return line.split(' ')[0] ?? ''
}

const shipped = shippedNames.flatMap((name) =>
  shippedTemplates(name).map((template) => ({
    template,
    id: template.templateId,
    userland: userlandOf(name).get(template.templateId) ?? 'gnu',
  })),
)

describe('on this machine', () => {
  for (const { template, id, userland } of shipped) {
    const program = programOf(template)
    if (userland === 'busybox' || neverRun.includes(id)) continue
    const isMissing = !isInstalled(program)
    test.skipIf(isMissing)(`${id}${isMissing ? `: ${program} is not installed here` : ''}`, () => {
      const { status, error, stderr, line } = run(template, process.env.PATH)
      expect(error, line).toBeUndefined()
      expect(stderr, line).not.toMatch(misunderstood)
      expect(status, `${line}: ${stderr}`).not.toBe(127)
    })
  }
})

/** Those that need nothing but the machine itself have to answer, not only to be understood. */
const answers = [
  'uptime',
  'os_release',
  'kernel_version',
  'disk_usage',
  'folder_size',
  'memory_usage',
  'memory_details',
]

describe('on BusyBox', () => {
  const listed = isInstalled('busybox') ? spawnSync('busybox', ['--list'], { encoding: 'utf8' }).stdout.split('\n') : []
  for (const { template, id, userland } of shipped) {
    const program = programOf(template)
    if (userland === 'gnu' || neverRun.includes(id)) continue
    const isMissing = !listed.includes(program)
    test.skipIf(isMissing)(`${id}${isMissing ? `: ${program} is no applet here` : ''}`, () => {
      const { status, error, stderr, line } = run(template, applets)
      expect(error, line).toBeUndefined()
      expect(stderr, line).not.toMatch(misunderstood)
      expect(status, `${line}: ${stderr}`).not.toBe(127)
    })
  }

  test.skipIf(listed.length === 0).each(answers)('%s answers there as here', (wanted) => {
    const template = shipped.find(({ id }) => id === wanted)?.template
    if (!template) throw new RangeError(`${wanted} is not shipped`)
    for (const path of [applets, process.env.PATH]) {
      const { status, stdout, line } = run(template, path)
      expect(status, line).toBe(0)
      expect(stdout.length).toBeGreaterThan(0)
    }
  })
})

test('stop_process ended the process it was given, and nothing else', async () => {
  const other = spawn('sleep', ['600'], { stdio: 'ignore' })
  const victim = spawn('sleep', ['600'], { stdio: 'ignore' })
  const ended = new Promise((resolve) => victim.once('exit', (_, signal) => resolve(signal)))
  const template = shipped.find(({ id }) => id === 'stop_process')?.template
  if (!template) throw new RangeError('stop_process is not shipped')
  const { line } = renderTemplate(template, host, { pid: String(victim.pid) })
  expect(spawnSync('/bin/sh', ['-c', line]).status).toBe(0)
  expect(await ended).toBe('SIGTERM')
  expect(other.exitCode).toBeNull()
  other.kill()
})
