import { format, inspect } from 'node:util'
import { expect, test } from 'vitest'
import { Secret } from './secret.ts'

const secret = new Secret('hunter2')

test.each([
  ['a template', () => `${secret}`],
  ['a sum', () => `token: ${String(secret)}`],
  ['JSON', () => JSON.stringify({ token: secret, list: [secret] })],
  ['the console', () => format('%s %o %j', secret, secret, secret)],
  ['a debugger', () => inspect({ deep: { secret } }, { depth: 9, showHidden: true })],
  ['its own keys', () => JSON.stringify([Object.entries(secret), Object.getOwnPropertyNames(secret)])],
  ['a copy', () => inspect({ ...secret })],
])('%s does not show it', (_where, print) => {
  expect(print()).not.toContain('hunter2')
})

test('says that something was there', () => {
  expect([`${secret}`, JSON.stringify(secret), inspect(secret)]).toEqual(['<redacted>', '"<redacted>"', '<redacted>'])
})

test('gives the value to whoever asks for it by name', () => {
  const key = new Uint8Array([1, 2, 3])
  expect(secret.reveal()).toBe('hunter2')
  expect(new Secret(key).reveal()).toBe(key)
})
