import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type CliBench, cliBench } from './support/cli-bench.ts'

const phrase = 'correct horse battery'
const typedTwice = [phrase, phrase]

let bench: CliBench
const certData = (name: string): string => join(bench.config, 'cert_data', name)

/** A person who set SSH_MCP_CA_PASSPHRASE_FILE. */
function withFile(env: Readonly<Record<string, string>> = {}) {
  const path = join(bench.config, 'passphrase')
  writeFileSync(path, `${phrase}\n`, { mode: 0o600 })
  return { env: { ...env, SSH_MCP_CA_PASSPHRASE_FILE: path } }
}

describe('ca init', () => {
  beforeEach(async () => {
    bench = cliBench()
    await bench.withHost()
  })
  afterEach(() => bench.remove())

  test('takes a passphrase that is typed twice, and prints the line for TrustedUserCAKeys', async () => {
    const { code, out, err, asked } = await bench.sshmcp(['ca', 'init'], { typed: typedTwice })
    expect(code).toBe(0)
    expect(out).toMatch(/^ssh-ed25519 \S+ sshmcp CA\n$/)
    expect(err).toContain('sshmcp ca bootstrap HOST')
    expect(asked).toBe('Passphrase for the new CA key: The same again: ')
    expect(statSync(certData('ca.key')).mode & 0o777).toBe(0o600)
  })

  test('or from a file, without a question', async () => {
    const { code, out, asked } = await bench.sshmcp(['ca', 'init', '--json'], withFile())
    expect({ code, asked }).toEqual({ code: 0, asked: '' })
    expect(JSON.parse(out)).toMatchObject({ fingerprint: expect.stringMatching(/^SHA256:/), krl_path: certData('krl') })
  })

  test('makes it where SSH_MCP_CERT_DATA_DIR says', async () => {
    const env = { SSH_MCP_CERT_DATA_DIR: join(bench.home, 'elsewhere') }
    expect((await bench.sshmcp(['ca', 'init'], withFile(env))).code).toBe(0)
    expect((await bench.sshmcp(['ca', 'krl', '--path'], { env })).out).toBe(`${join(bench.home, 'elsewhere', 'krl')}\n`)
    expect((await bench.sshmcp(['ca', 'public-key'])).code).toBe(1)
  })

  test.each([
    ['without a terminal and without a file', undefined, 2, 'CA_PASSPHRASE_NEEDED'],
    ['typed differently', [phrase, 'another horse'], 2, 'CA_PASSPHRASE_MISTYPED'],
    ['too short', ['short', 'short'], 2, 'CA_PASSPHRASE_WEAK'],
    ['nothing typed', [], 3, 'TERMINAL_DECLINED'],
  ])('%s: makes nothing', async (_, typed, code, says) => {
    const ended = await bench.sshmcp(['ca', 'init'], typed === undefined ? {} : { typed })
    expect(ended).toMatchObject({ code, out: '', err: expect.stringContaining(says) })
    expect(await bench.sshmcp(['ca', 'public-key'])).toMatchObject({
      code: 1,
      err: expect.stringContaining('CA_NOT_INITIALISED'),
    })
  })

  test('never overwrites, and asks nothing for it', async () => {
    await bench.sshmcp(['ca', 'init'], { typed: typedTwice })
    const before = readFileSync(certData('ca.key'))
    const again = await bench.sshmcp(['ca', 'init'], { typed: typedTwice })
    expect(again).toMatchObject({ code: 1, asked: '', err: expect.stringContaining('CA_KEY_EXISTS') })
    expect(readFileSync(certData('ca.key'))).toEqual(before)
  })

  test('stands in the journal as the OS user’s, without the passphrase', async () => {
    await bench.sshmcp(['ca', 'init'], { typed: typedTwice })
    await bench.sshmcp(['ca', 'init'], { typed: typedTwice })
    const { out } = await bench.sshmcp(['audit', 'tail', '--json', '-n', '100'])
    const lines = out.trim().split('\n')
    const entries = lines.map((line) => JSON.parse(line)).filter(({ detail }) => detail?.command === 'ca init')
    expect(entries).toMatchObject([
      { user_id: 'local:dana', status: 'ok' },
      { user_id: 'local:dana', status: 'error', code: 'CA_KEY_EXISTS' },
    ])
    expect(out).not.toContain(phrase)
  })
})

describe('with a CA', () => {
  beforeAll(async () => {
    bench = cliBench()
    await bench.withHost()
    await bench.sshmcp(['ca', 'init'], { typed: typedTwice })
  })
  afterAll(() => bench.remove())

  test('public-key prints its line, or its path', async () => {
    const line = readFileSync(certData('ca.pub'), 'utf8')
    expect((await bench.sshmcp(['ca', 'public-key'])).out).toBe(line)
    expect((await bench.sshmcp(['ca', 'public-key', '--path'])).out).toBe(`${certData('ca.pub')}\n`)
    const { out } = await bench.sshmcp(['ca', 'public-key', '--json'])
    expect(JSON.parse(out)).toMatchObject({ public_key: line.trim(), path: certData('ca.pub') })
  })

  test('krl writes its bytes, or its path', async () => {
    const { out, bytes } = await bench.sshmcp(['ca', 'krl'])
    expect(out).toBe('')
    expect(Buffer.from(bytes)).toEqual(readFileSync(certData('krl')))
    expect((await bench.sshmcp(['ca', 'krl', '--path'])).out).toBe(`${certData('krl')}\n`)
    const json = await bench.sshmcp(['ca', 'krl', '--json'])
    expect(JSON.parse(json.out)).toEqual({ path: certData('krl'), bytes: bytes.length })
  })

  test('list says that nothing was issued yet', async () => {
    expect(await bench.sshmcp(['ca', 'list'])).toMatchObject({ code: 0, out: 'No certificate was issued yet.\n' })
    expect(JSON.parse((await bench.sshmcp(['ca', 'list', '--json'])).out)).toMatchObject({ certificates: [] })
  })

  test('list shows who got what until when', async () => {
    const texts = [
      'certId',
      'keyId',
      'userId',
      'publicKey',
      'fingerprint',
      'ca',
      'caFingerprint',
      'issuedAt',
      'validFrom',
    ]
    const record = {
      ...Object.fromEntries(texts.map((name) => [name, name])),
      serial: '7',
      principals: ['deploy', 'www'],
      expiresAt: '2099-01-01T00:00:00Z',
      approvalRequestId: 'apr_1',
    }
    writeFileSync(certData('issued.jsonl'), `${JSON.stringify(record)}\n`, { mode: 0o600 })
    expect((await bench.sshmcp(['ca', 'list'])).out).toBe('certId  userId  deploy,www  2099-01-01T00:00:00Z\n')
    const target = { kind: 'serials', ca: 'ca', first: '7', last: '7' }
    const revocation = { revokedAt: '2026-05-01T00:00:00Z', by: 'dana', reason: 'lost', target, certId: 'certId' }
    const line = JSON.stringify({ ...revocation, expiresAt: record.expiresAt })
    writeFileSync(certData('revoked.jsonl'), `${line}\n`, { mode: 0o600 })
    expect((await bench.sshmcp(['ca', 'list'])).out).toBe(
      'certId  userId  deploy,www  2099-01-01T00:00:00Z  revoked 2026-05-01T00:00:00Z\n',
    )
  })

  test('bootstrap prints the script of a host, and stands in the journal as a call', async () => {
    const { code, out } = await bench.sshmcp(['ca', 'bootstrap', 'web-1'], withFile())
    expect(code).toBe(0)
    expect(out).toMatch(/^#!\/bin\/sh\n/)
    expect(out).toContain("login='deploy'")
    const found = await bench.sshmcp(['audit', 'search', '--tool', 'bootstrap_host', '--json'])
    expect(found.out).toContain('local:dana')
    expect(found.out).not.toContain('PRIVATE KEY')
  })

  test('bootstrap needs the key open and a host that is there', async () => {
    expect(await bench.sshmcp(['ca', 'bootstrap', 'web-1'])).toMatchObject({
      code: 1,
      err: expect.stringContaining('sshmcp ca unlock'),
    })
    const unknown = await bench.sshmcp(['ca', 'bootstrap', 'web-2'], withFile())
    expect(unknown).toMatchObject({ code: 3, out: '' })
  })

  test('unlock without an agent says so', async () => {
    expect(await bench.sshmcp(['ca', 'unlock'], { typed: [phrase] })).toMatchObject({
      code: 1,
      asked: '',
      err: expect.stringContaining('CA_AGENT_UNAVAILABLE'),
    })
  })

  test.each(['0h', '25h', '8', 'soon', '-1h'])('unlock --for %s is no time', async (time) => {
    expect((await bench.sshmcp(['ca', 'unlock', `--for=${time}`], { typed: [phrase] })).code).toBe(2)
  })

  test('doctor takes none of its files for old ones', async () => {
    for (const name of ['issued', 'revoked', 'keys']) writeFileSync(certData(`${name}.jsonl`), '', { mode: 0o600 })
    expect((await bench.sshmcp(['doctor'])).out).not.toContain('old files')
    writeFileSync(certData('ca_key.pem'), '')
    expect((await bench.sshmcp(['doctor'])).out).toContain('ca_key.pem')
  })
})
