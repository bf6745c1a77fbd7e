import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { AuditEvent } from './audit-event.ts'
import { canonicalJson } from './canonical-json.ts'
import { EntryLine, linePrefix, parseLine } from './entry-line.ts'
import { fitEvent, maxLineBytes } from './fitted-event.ts'
import { genesis, LeafHash, leafOf } from './leaf.ts'
import { recordable } from './recordable.ts'

const keep = <T>(value: T): T => value
const head = { prev: genesis, seq: 42, time: '2026-01-01T00:00:00.000Z', mono: 7, writer: 'w_1' }
const lineOf = (event: AuditEvent, redact = keep) => EntryLine.encode(head, fitEvent(event, redact)).bytes

describe('a line', () => {
  test('is canonical JSON with its place and time first, byte for byte', () => {
    const line = lineOf({
      kind: 'outcome',
      operation_id: 'op_1',
      status: 'ok',
      exit_code: null,
      client: { version: '1', name: 'c' },
    })
    expect(line.toString()).toBe(
      `{"_prev":"${genesis}","_seq":42,"_time":"2026-01-01T00:00:00.000Z","client":{"name":"c","version":"1"},` +
        '"exit_code":null,"kind":"outcome","mono":7,"operation_id":"op_1","status":"ok","writer":"w_1"}',
    )
    expect(linePrefix(line)).toEqual({ prev: genesis, seq: 42, time: '2026-01-01T00:00:00.000Z' })
    expect(parseLine(line)).toMatchObject({ seq: 42, kind: 'outcome', exit_code: null, client: { name: 'c' } })
  })

  test('has the leaf hash of RFC 6962, section 2.1', () => {
    // The leaf hash of the empty entry and of one zero byte, from the test vectors of RFC 6962 implementations.
    expect(leafOf(Buffer.alloc(0))).toBe('6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d')
    expect(leafOf(Buffer.from('00', 'hex'))).toBe('96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7')
    const pieces = new LeafHash()
    pieces.update(Buffer.from('ab'))
    pieces.update(Buffer.from('c'))
    expect([pieces.bytes, pieces.digest()]).toEqual([3, leafOf(Buffer.from('abc'))])
  })

  test('A14 has no secret in it, however deep it was', () => {
    const redact = <T>(value: T): T => JSON.parse(JSON.stringify(value).replaceAll('hunter2', '<redacted>'))
    const event: AuditEvent = {
      kind: 'intent',
      operation_id: 'op_1',
      command: 'login --password=hunter2',
      detail: { env: [{ PASSWORD: 'hunter2' }] },
      untrusted: { justification: 'because hunter2' },
      client: { name: 'hunter2', version: '1' },
    }
    const text = lineOf(event, redact).toString()
    expect(text).not.toContain('hunter2')
    expect(text.match(/<redacted>/g)).toHaveLength(4)
    expect(text).toContain('"operation_id":"op_1"')
  })

  test('A15 stays one line, whatever stands in it', () => {
    const hostile = 'a\nb\u2028c\u001b[2Jd\u202ee\u0000f'
    const line = lineOf({ kind: 'read', untrusted: { text: hostile } })
    expect(line.includes(10)).toBe(false)
    expect(parseLine(line)?.untrusted).toEqual({ text: hostile })
  })

  test('A16 says what JSON cannot, and never throws', () => {
    const odd: Record<string, unknown> = {
      nan: Number.NaN,
      inf: -Infinity,
      big: 10n,
      half: 'x\ud800y',
      gone: undefined,
      not: () => 1,
    }
    expect(recordable(odd)).toEqual({
      nan: { $number: 'NaN' },
      inf: { $number: '-Infinity' },
      big: '10',
      half: 'x\ufffdy',
      not: { $type: 'function' },
    })
    const round: Record<string, unknown> = {}
    round.round = round
    expect(canonicalJson(recordable(round))).toContain('too deep')
    expect(recordable(JSON.parse('{"__proto__":{"a":1}}'))).toEqual(JSON.parse('{"__proto__":{"a":1}}'))
  })

  test('A17 is never longer than 64 KiB - 1; what is cut is named by length and hash', () => {
    const line = lineOf({
      kind: 'intent',
      operation_id: 'op',
      command: 'c'.repeat(100_000),
      detail: { params: 'p'.repeat(10_000_000) },
    })
    expect(line.length).toBeLessThanOrEqual(maxLineBytes)
    const entry = parseLine(line)
    expect(entry?.command).toMatch(/^c+… \[cut: 100000 bytes, sha256 [0-9a-f]{64}\]$/)
    expect(entry?.detail).toMatchObject({
      params: { bytes: 10_000_000, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
    })
    const many = lineOf({ kind: 'read', detail: Array.from({ length: 50_000 }, (_, at) => at) })
    expect(many.length).toBeLessThanOrEqual(maxLineBytes)
    expect(parseLine(many)?.detail).toMatchObject({ bytes: 288_891 })
  })

  test('comes back as it went in, for any event', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), fc.string({ unit: 'binary' }), (untrusted, command) => {
        const event = { kind: 'read' as const, command, untrusted: recordable(untrusted) }
        const made = EntryLine.encode(head, fitEvent(event, keep))
        const line = made.bytes
        expect(EntryLine.parse(line)).toEqual(made)
        expect(line.includes(10)).toBe(false)
        expect(parseLine(line)).toMatchObject({ command: recordable(command) })
        expect(canonicalJson(JSON.parse(line.toString()))).toBe(line.toString())
      }),
      { numRuns: 200 },
    )
  })

  test('tells a zero without its sign, as it stands in the journal', () => {
    expect(recordable([-0, 0])).toEqual([0, 0])
  })

  test('is refused when it is anything else', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => parseLine(bytes) === undefined))
    for (const text of ['', '{}', 'null', `{"_prev":"${genesis}","_seq":01,"_time":"2026-01-01T00:00:00.000Z",}`]) {
      expect(parseLine(Buffer.from(text))).toBeUndefined()
    }
  })
})

describe('canonical JSON', () => {
  test('sorts by UTF-16 code units and writes numbers and texts as RFC 8785, sections 3.2.2 and 3.2.3', () => {
    // The example of RFC 8785, section 3.2.3.
    const sorting = JSON.parse(
      '{"\\u20ac":"Euro Sign","\\r":"Carriage Return","\\ufb33":"Hebrew Letter Dalet With Dagesh","1":"One","\\ud83d\\ude00":"Emoji: Grinning Face","\\u0080":"Control","\\u00f6":"Latin Small Letter O With Diaeresis"}',
    )
    const keys = [...canonicalJson(recordable(sorting)).matchAll(/:"([^"]+)"/g)].map((found) => found[1])
    expect(keys).toEqual([
      'Carriage Return',
      'One',
      'Control',
      'Latin Small Letter O With Diaeresis',
      'Euro Sign',
      'Emoji: Grinning Face',
      'Hebrew Letter Dalet With Dagesh',
    ])
    expect(canonicalJson(JSON.parse('[333333333.33333329,1e30,4.50,2e-3,0.000000000000000000000000001,-0]'))).toBe(
      '[333333333.3333333,1e+30,4.5,0.002,1e-27,0]',
    )
  })
})
