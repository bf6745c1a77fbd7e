import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { requireReal } from '../../../test/support/require-real.ts'
import { type CliBench, cliBench } from './support/cli-bench.ts'
import { answering, withoutTerminal } from './support/real-program.ts'

const run = promisify(execFile)
const phrase = 'correct horse battery'

describe.skipIf(!requireReal('script', 'setsid', 'ssh-keygen', 'ssh-agent', 'ssh-add'))('the CA of a person', () => {
  let bench: CliBench
  let socket = ''
  let env: Readonly<Record<string, string>> = {}
  let stopAgent = async (): Promise<void> => {}

  beforeAll(async () => {
    bench = cliBench()
    await bench.withHost()
    socket = join(bench.home, 'agent.sock')
    env = { HOME: bench.home, SSH_AUTH_SOCK: socket }
    const agent = spawn('ssh-agent', ['-D', '-a', socket], { stdio: 'ignore' })
    stopAgent = async () => {
      agent.kill()
      await once(agent, 'close')
    }
    await vi.waitFor(() => expect(existsSync(socket)).toBe(true), 5_000)
  })
  afterAll(async () => {
    await stopAgent()
    bench?.remove()
  })

  test('is made with a passphrase that the terminal does not show', async () => {
    const refused = await withoutTerminal(['ca', 'init'], env, `${phrase}\n${phrase}\n`)
    expect(refused).toMatchObject({ code: 2, out: expect.stringContaining('CA_PASSPHRASE_NEEDED') })
    const { code, out } = await answering(['ca', 'init'], env, [
      ['Passphrase for the new CA key: ', phrase],
      ['The same again: ', phrase],
    ])
    expect({ code, out }).toEqual({ code: 0, out: expect.stringContaining('ssh-ed25519 ') })
    expect(out).not.toContain(phrase)
  })

  test('has a public key and a revocation list that ssh-keygen reads', async () => {
    const key = join(bench.home, 'ca.pub')
    writeFileSync(key, (await bench.sshmcp(['ca', 'public-key'])).out)
    const { stdout } = await run('ssh-keygen', ['-lf', key])
    const { fingerprint } = JSON.parse((await bench.sshmcp(['ca', 'public-key', '--json'])).out)
    expect(stdout).toBe(`256 ${fingerprint} sshmcp CA (ED25519)\n`)
    const list = join(bench.home, 'krl')
    writeFileSync(list, (await bench.sshmcp(['ca', 'krl'])).bytes)
    expect((await run('ssh-keygen', ['-Q', '-f', list, key])).stdout).toContain(': ok')
  })
  test('goes into the ssh-agent for a while, and then needs no passphrase', async () => {
    const locked = await bench.sshmcp(['ca', 'bootstrap', 'web-1'], { env })
    expect(locked).toMatchObject({ code: 1, err: expect.stringContaining('CA_LOCKED') })
    const wrong = await bench.sshmcp(['ca', 'unlock'], { env, typed: ['something else'] })
    expect(wrong).toMatchObject({ code: 2, err: expect.stringContaining('CA_PASSPHRASE_WRONG') })
    const unlocked = await answering(['ca', 'unlock', '--for', '2h'], env, [['Passphrase of the CA key: ', phrase]])
    expect(unlocked).toMatchObject({ code: 0, out: expect.stringContaining('for 2h') })
    expect(unlocked.out).not.toContain(phrase)
    const { fingerprint } = JSON.parse((await bench.sshmcp(['ca', 'public-key', '--json'])).out)
    const { stdout } = await run('ssh-add', ['-l'], { env: { ...process.env, ...env } })
    expect(stdout).toBe(`256 ${fingerprint} sshmcp CA (ED25519)\n`)
    const { code, out } = await bench.sshmcp(['ca', 'bootstrap', 'web-1'], { env })
    expect({ code, out }).toEqual({ code: 0, out: expect.stringMatching(/^#!\/bin\/sh\n/) })
  })
})
