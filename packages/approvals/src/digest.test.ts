import { createHash } from 'node:crypto'
import { type Action, parseHostId, parseUserId } from '@sshmcp/kernel'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { differingFields, digestOf } from './digest.ts'
import { type Operation, operationOf, parseOperation, typedWordOf } from './operation.ts'
import { aRestart } from './testing/builders.ts'

const alice = parseUserId('alice')
const operation = (): Operation => operationOf('run_ssh_command', aRestart(), alice)

const fields = [
  'command',
  'host_id',
  'hostname',
  'port',
  'proxy_jump',
  'requester',
  'ssh_user',
  'stdin',
  'timeout_seconds',
  'tool',
] as const

describe('the digest', () => {
  // Spelt out, so that no other version of this package can mean another operation by the same digest.
  test('is SHA-256 over the label and the canonical JSON of the plan', () => {
    const text =
      'sshmcp-op-v1\n{"command":"sudo -n -- systemctl restart nginx","host_id":"web-1","hostname":"127.0.0.1","port":22,' +
      '"proxy_jump":"","requester":"alice","ssh_user":"deploy","stdin":"","timeout_seconds":30,"tool":"run_ssh_command"}'
    expect(digestOf(operation())).toBe(createHash('sha256').update(text).digest('hex'))
    expect(digestOf(operation())).toBe('daa6ca49799a8d4ee020b975482518cdb663a7f723e538851c8740eb7ad681fb')
  })

  test('binds exactly these fields', () => {
    expect(Object.keys(operation()).sort()).toEqual(fields)
  })

  test.each(fields)('changes with %s, and the difference is named', (field) => {
    const original = operation()
    const value = new Map<string, unknown>(Object.entries(original)).get(field)
    const changed = { ...original, [field]: typeof value === 'number' ? value + 1 : `${value}x` }
    expect(digestOf(changed)).not.toBe(digestOf(original))
    expect(differingFields(original, changed)).toEqual([field])
    expect(differingFields(changed, original)).toEqual([field])
  })

  test('changes with any one character of any text', () => {
    const texts = fc.constantFrom(
      'command',
      'host_id',
      'hostname',
      'proxy_jump',
      'requester',
      'ssh_user',
      'stdin',
      'tool',
    )
    fc.assert(
      fc.property(
        texts,
        fc.string({ unit: 'grapheme' }),
        fc.nat(),
        fc.string({ unit: 'grapheme', minLength: 1 }),
        (field, text, at, more) => {
          const original = { ...operation(), [field]: text }
          const cut = Array.from(text)
          const place = at % (cut.length + 1)
          const changed = { ...original, [field]: [...cut.slice(0, place), more, ...cut.slice(place)].join('') }
          expect(digestOf(changed)).not.toBe(digestOf(original))
          expect(differingFields(original, changed)).toEqual([field])
        },
      ),
    )
  })

  test('cannot be met by moving characters from one field to the next', () => {
    expect(digestOf({ ...operation(), command: 'ab', stdin: 'c' })).not.toBe(
      digestOf({ ...operation(), command: 'a', stdin: 'bc' }),
    )
    expect(digestOf({ ...operation(), stdin: '","timeout_seconds":1' })).not.toBe(
      digestOf({ ...operation(), stdin: '', timeout_seconds: 1 }),
    )
  })

  test('does not change with what is not part of the operation', () => {
    const plain = operationOf('run_ssh_command', aRestart(), alice)
    const other = operationOf(
      'run_ssh_command',
      aRestart({ needsServedShell: true, risk: 'medium' }, { description: 'x', labels: { a: 'b' } }),
      alice,
    )
    expect(digestOf(other)).toBe(digestOf(plain))
  })

  test('holds a jump host', () => {
    const jumped = operationOf('run_ssh_command', aRestart({}, { proxyJump: parseHostId('bastion') }), alice)
    expect(differingFields(jumped, operation())).toEqual(['proxy_jump'])
  })

  test('refuses half a surrogate, which two operations could share in UTF-8', () => {
    expect(() => digestOf({ ...operation(), command: 'a\ud800' })).toThrow(
      expect.objectContaining({ code: 'INPUT_INVALID' }),
    )
  })
})

describe('an operation', () => {
  test('comes back from JSON as it was', () => {
    expect(parseOperation(JSON.parse(JSON.stringify(operation())))).toEqual(operation())
  })

  test.each([
    ['nothing', undefined],
    ['a list', []],
    ['a missing field', { ...operation(), command: undefined }],
    ['a number where a text belongs', { ...operation(), command: 1 }],
    ['a text where a number belongs', { ...operation(), port: '22' }],
    ['a field nobody could show', { ...operation(), environment: 'LD_PRELOAD=x' }],
  ])('with %s is damaged', (_, value) => {
    expect(() => parseOperation(value)).toThrow(expect.objectContaining({ code: 'APPROVAL_DAMAGED' }))
  })

  test('is confirmed by its host', () => {
    expect(typedWordOf(operation())).toBe('web-1')
  })

  test.each([
    { verb: 'catalog.read', what: 'hosts', selector: '' },
    { verb: 'audit.read', filter: {} },
    { verb: 'approval.read', requestId: undefined },
    { verb: 'approval.decide', requestId: 'apr_1', decision: { verdict: 'deny', reason: 'x' } },
  ] satisfies Action[])('is nothing that $verb would have', (action) => {
    expect(() => operationOf('list_hosts', action, alice)).toThrow(
      expect.objectContaining({ code: 'APPROVAL_NOT_NEEDED' }),
    )
  })
})
