import { createHmac } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { fingerprint } from './host-key.ts'
import { judgeHostKey, knowledgeOf, knownHostsLine } from './known-hosts.ts'

function blob(type: string, byte: number): Buffer {
  const field = (bytes: Buffer) => Buffer.concat([Buffer.from([0, 0, 0, bytes.length]), bytes])
  return Buffer.concat([field(Buffer.from(type)), field(Buffer.alloc(32, byte))])
}

const ed1 = blob('ssh-ed25519', 1)
const ed2 = blob('ssh-ed25519', 2)
const rsa = blob('ssh-rsa', 3)
const key = (of: Buffer, type = 'ssh-ed25519') => `${type} ${of.toString('base64')}`

function hashed(name: string): string {
  const salt = Buffer.alloc(20, 7)
  return `|1|${salt.toString('base64')}|${createHmac('sha1', salt).update(name).digest('base64')}`
}

function judge(lines: readonly string[], hostname: string, port = 22, presented = ed1, pins: readonly string[] = []) {
  const knowledge = knowledgeOf([{ path: 'file', text: lines.join('\n') }], hostname, port)
  return judgeHostKey(knowledge, pins, { blob: presented, fingerprint: fingerprint(presented) })
}

describe('which lines are about a host', () => {
  test.each([
    ['a plain name', `web ${key(ed1)}`, 'web', 22],
    ['upper case here', `web ${key(ed1)}`, 'WEB', 22],
    ['upper case there', `WEB ${key(ed1)}`, 'web', 22],
    ['one name of several', `db,web,10.0.0.1 ${key(ed1)}`, 'web', 22],
    ['a star', `*.example.org ${key(ed1)}`, 'web.example.org', 22],
    ['a question mark', `web? ${key(ed1)}`, 'web1', 22],
    ['another port in brackets', `[web]:2222 ${key(ed1)}`, 'web', 2222],
    ['the bare name for another port', `web ${key(ed1)}`, 'web', 2222],
    ['an IPv6 address', `2001:db8::1 ${key(ed1)}`, '2001:db8::1', 22],
    ['an IPv6 address on another port', `[2001:db8::1]:2222 ${key(ed1)}`, '2001:DB8::1', 2222],
    ['a hashed name', `${hashed('web')} ${key(ed1)}`, 'web', 22],
    ['a hashed name with a port', `${hashed('[web]:2222')} ${key(ed1)}`, 'web', 2222],
    ['a comment after the key', `web ${key(ed1)} root@web`, 'web', 22],
    ['tabs and a carriage return', `\tweb\t${key(ed1).replace(' ', '\t')}\r`, 'web', 22],
    ['a star for everything, one not', `*,!db ${key(ed1)}`, 'web', 22],
  ])('%s', (_name, line, hostname, port) => {
    expect(judge(['# comment', '', line], hostname, port)).toEqual({ status: 'trusted' })
  })

  test.each([
    ['another name', `db ${key(ed1)}`, 'web', 22],
    ['a name that only begins like it', `we ${key(ed1)}`, 'web', 22],
    ['a negated name', `*,!web ${key(ed1)}`, 'web', 22],
    ['another port', `[web]:2222 ${key(ed1)}`, 'web', 22],
    ['yet another port', `[web]:2222 ${key(ed1)}`, 'web', 2223],
    ['a hash of another name', `${hashed('db')} ${key(ed1)}`, 'web', 22],
    ['a hash of an unknown kind', `${hashed('web').replace('|1|', '|2|')} ${key(ed1)}`, 'web', 22],
    ['a comment', `#web ${key(ed1)}`, 'web', 22],
    ['a key of another type than it says', `web ${key(ed1, 'ssh-rsa')}`, 'web', 22],
    ['a line cut off', 'web ssh-ed25519', 'web', 22],
    ['an unknown marker', `@trusted web ${key(ed1)}`, 'web', 22],
    ['SSH-1 numbers', 'web 1024 65537 1234567890', 'web', 22],
    ['a certificate authority', `@cert-authority web ${key(ed1)}`, 'web', 22],
  ])('not %s', (_name, line, hostname, port) => {
    expect(judge([line], hostname, port)).toEqual({ status: 'unknown' })
  })

  test('many stars cost linear time', () => {
    expect(judge([`${'*a'.repeat(5_000)}b ${key(ed1)}`], 'a'.repeat(10_000))).toEqual({ status: 'unknown' })
  })
})

describe('what is made of a key', () => {
  test('another key is a mismatch and says where the known one stands', () => {
    expect(judge(['', `web ${key(ed2)}`], 'web')).toEqual({ status: 'mismatch', places: ['file line 2'] })
  })

  test('another type is a mismatch too, never a new host', () => {
    expect(judge([`web ${key(rsa, 'ssh-rsa')}`], 'web')).toEqual({ status: 'mismatch', places: ['file line 1'] })
  })

  test('one of several keys is enough', () => {
    expect(judge([`web ${key(ed2)}`, `web ${key(ed1)}`], 'web')).toEqual({ status: 'trusted' })
  })

  test('a line for the very port hides the bare name', () => {
    expect(judge([`web ${key(ed1)}`, `[web]:2222 ${key(ed2)}`], 'web', 2222)).toMatchObject({ status: 'mismatch' })
  })

  test.each([
    ['under its name', `@revoked web ${key(ed1)}`, 22],
    ['under any name', `@revoked * ${key(ed1)}`, 22],
    ['under the bare name, for another port', `@revoked web ${key(ed1)}`, 2222],
  ])('revoked %s beats trusted, and beats a pin', (_name, line, port) => {
    const lines = [`web,[web]:2222 ${key(ed1)}`, line]
    const expected = { status: 'revoked', places: ['file line 2'] }
    expect(judge(lines, 'web', port)).toEqual(expected)
    expect(judge(lines, 'web', port, ed1, [fingerprint(ed1)])).toEqual(expected)
  })

  test('a revoked key says nothing about another one', () => {
    expect(judge([`@revoked * ${key(ed2)}`], 'web')).toEqual({ status: 'unknown' })
  })

  test('pins decide alone', () => {
    expect(judge([], 'web', 22, ed1, [fingerprint(ed1)])).toEqual({ status: 'trusted' })
    expect(judge([`web ${key(ed2)}`], 'web', 22, ed1, [`${fingerprint(ed1)}=`])).toEqual({ status: 'trusted' })
    expect(judge([`web ${key(ed1)}`], 'web', 22, ed1, [fingerprint(ed2)])).toMatchObject({ status: 'mismatch' })
  })
})

test.each([
  ['Web', 22, 'web'],
  ['web', 2222, '[web]:2222'],
  ['2001:DB8::1', 2222, '[2001:db8::1]:2222'],
])('the line written for %s port %i is found again', (hostname, port, name) => {
  const line = knownHostsLine(hostname, port, ed1)
  expect(line).toBe(`${name} ${key(ed1)}`)
  expect(judge([line], hostname, port)).toEqual({ status: 'trusted' })
})
