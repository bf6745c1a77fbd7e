import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { MemoryApprovalStore } from '@sshmcp/approvals/testing'
import { Secret } from '@sshmcp/kernel'
import { type Script, ScriptedTransport } from '@sshmcp/transport/testing'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { runProgram } from '../src/program.ts'
import { fakeTerminal } from '../src/testing/fake-terminal.ts'

let home: string
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'sshmcp-cli-'))
})
afterEach(() => rmSync(home, { recursive: true, force: true }))

/** Runs the whole program: real configuration and journal in a temporary home, a scripted host. */
async function sshmcp(args: readonly string[], run: Script = () => ({ stdout: 'Filesystem\n' })) {
  const { terminal, written } = fakeTerminal({ homeDir: home })
  const transport = new ScriptedTransport(run)
  const approvals = { store: new MemoryApprovalStore(), key: new Secret(new Uint8Array(32)) }
  const code = await runProgram(args, terminal, { transport, approvals })
  return { code, ...written, transport }
}

async function withOneHost() {
  await sshmcp(['init', '--yes'])
  writeFileSync(
    join(home, '.ssh-mcp/hosts.json'),
    JSON.stringify([{ host_id: 'web-1', hostname: 'x', ssh_user: 'deploy' }]),
  )
}

describe('init', () => {
  test('makes a configuration that only its owner can touch, and never overwrites', async () => {
    const first = await sshmcp(['init', '--one-person'])
    expect(first.code).toBe(0)
    const config = join(home, '.ssh-mcp')
    expect(statSync(config).mode & 0o777).toBe(0o700)
    expect(statSync(join(config, 'hosts.json')).mode & 0o777).toBe(0o600)
    expect(JSON.parse(readFileSync(join(config, 'templates.json'), 'utf8'))).toHaveLength(5)
    expect(first.out).toContain('"SSH_MCP_REQUIRE_TWO_PARTY_APPROVAL": "false"')
    expect(first.out).toContain(process.execPath)
    writeFileSync(join(config, 'hosts.json'), '[ ]')
    const second = await sshmcp(['init', '--yes'])
    expect(second.out).toMatch(/kept .*hosts\.json/)
    expect(readFileSync(join(config, 'hosts.json'), 'utf8')).toBe('[ ]')
    expect(second.out).not.toContain('REQUIRE_TWO_PARTY')
  })

  test('--config-dir may stand before or after the command', async () => {
    expect((await sshmcp(['--config-dir', join(home, 'a'), 'init', '--yes'])).code).toBe(0)
    expect((await sshmcp(['init', '--config-dir', join(home, 'b'), '--yes'])).code).toBe(0)
    const { out } = await sshmcp(['init', '--config-dir', join(home, 'my own'), '--yes'])
    for (const next of ['hosts add', 'doctor', 'run web-1', 'mcp-config'])
      expect(out).toContain(`sshmcp --config-dir ${home}/my\\ own ${next}`)
    expect([existsSync(join(home, 'a/hosts.json')), existsSync(join(home, 'b/hosts.json'))]).toEqual([true, true])
  })
})

describe('run', () => {
  test('prints what the host printed; the exit code says whether the command did well', async () => {
    await withOneHost()
    expect(await sshmcp(['run', 'web-1', 'disk_usage'])).toMatchObject({ code: 0, out: 'Filesystem\n' })
    const failed = await sshmcp(['run', 'web-1', 'disk_usage'], () => ({ stderr: 'oh\n', exitCode: 4 }))
    expect(failed).toMatchObject({ code: 1, err: expect.stringContaining('oh\nended with exit code 4') })
  })

  test('a command that Ctrl-C ended was cancelled, and what became of it on the host is told', async () => {
    await withOneHost()
    const { terminal, written, interrupt } = fakeTerminal({ homeDir: home })
    const transport = new ScriptedTransport(() => {
      setTimeout(interrupt, 0)
      return { hangs: true }
    })
    const approvals = { store: new MemoryApprovalStore(), key: new Secret(new Uint8Array(32)) }
    expect(await runProgram(['run', 'web-1', 'disk_usage'], terminal, { transport, approvals })).toBe(1)
    expect(written.err).toContain('cancelled; the process on the host is dead')
  })

  test('a refusal is 3, says why and what next, and touches no host', async () => {
    await withOneHost()
    const { code, err, transport } = await sshmcp(['run', 'web-1', 'service_status', '--param', 'service=; reboot'])
    expect(code).toBe(3)
    expect(err).toContain('POLICY_PARAM')
    expect(err).toContain('nginx.service')
    expect(transport.connections).toEqual([])
  })

  test('an unknown host names the nearest', async () => {
    await withOneHost()
    expect(await sshmcp(['run', 'web1', 'disk_usage'])).toMatchObject({
      code: 3,
      err: expect.stringContaining('web-1'),
    })
  })

  test('--json is one document, of a refusal too', async () => {
    await withOneHost()
    const fine = await sshmcp(['run', 'web-1', 'disk_usage', '--json'])
    expect(JSON.parse(fine.out)).toMatchObject({ host_id: 'web-1', exit_code: 0, stdout: 'Filesystem\n' })
    const refused = await sshmcp(['--json', 'run', 'web-1', 'nothing'])
    expect(JSON.parse(refused.out)).toMatchObject({ error: { code: 'POLICY_TEMPLATE_UNKNOWN' } })
  })

  test.each([
    ['a parameter that is none', ['run', 'web-1', 'disk_usage', '--param', 'x']],
    ['a missing argument', ['run', 'web-1']],
    ['an unknown option', ['run', 'web-1', 'disk_usage', '--paran', 'x=y']],
  ])('%s is 2', async (_, args) => {
    await withOneHost()
    expect((await sshmcp(args)).code).toBe(2)
  })
})

describe('audit', () => {
  test('verify says what the proof rests on, tail shows what happened', async () => {
    await withOneHost()
    await sshmcp(['run', 'web-1', 'disk_usage'])
    expect(await sshmcp(['audit', 'verify', '--require', 'signed'])).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^OK up to \d+: signed/),
    })
    expect(await sshmcp(['audit', 'verify', '--require', 'anchored'])).toMatchObject({
      code: 3,
      out: expect.stringContaining('NOT ANCHORED'),
    })
    const { out, code } = await sshmcp(['audit', 'tail', '-n', '50'])
    expect(code).toBe(0)
    expect(out).toMatch(/intent .*local:dana.*run_ssh_command.*web-1.*df -h/)
    expect(out).toMatch(/outcome .*ok/)
  })

  test('verify names the first bad entry, with exit code 3', async () => {
    await withOneHost()
    await sshmcp(['run', 'web-1', 'disk_usage'])
    const segment = join(home, '.ssh-mcp/audit_logs/000000000000.jsonl')
    chmodSync(segment, 0o600)
    writeFileSync(segment, readFileSync(segment, 'utf8').replace('"df -h"', '"df -H"'))
    expect(await sshmcp(['audit', 'verify'])).toMatchObject({
      code: 3,
      out: expect.stringMatching(/^TAMPERED.*entry \d+/),
    })
  })
})

describe('wrong use', () => {
  test('no configuration says how to make one', async () => {
    expect(await sshmcp(['run', 'web-1', 'disk_usage'])).toMatchObject({
      code: 2,
      err: expect.stringContaining('sshmcp init'),
    })
    expect(await sshmcp([])).toMatchObject({ code: 2, err: expect.stringContaining('sshmcp init') })
  })

  test('a misspelt command names the right one', async () => {
    expect(await sshmcp(['audti', 'verify'])).toMatchObject({ code: 2, err: expect.stringContaining('audit') })
  })

  test('--version prints it', async () => {
    expect(await sshmcp(['--version'])).toMatchObject({ code: 0, out: '0.1.0\n' })
  })

  test('help has an example', async () => {
    expect(await sshmcp(['run', '--help'])).toMatchObject({
      code: 0,
      out: expect.stringContaining('sshmcp run production-web disk_usage'),
    })
  })
})
