import { isIP } from 'node:net'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isWithin, parseIpNetwork } from './index.ts'

describe('parseIpNetwork', () => {
  test.each([
    ['192.0.2.7', '192.0.2.7'],
    ['10.0.0.0/8', '10.0.0.0/8'],
    ['0.0.0.0/0', '0.0.0.0/0'],
    ['2001:DB8::/32', '2001:db8::/32'],
    ['2001:db8:0:0:1:0:0:1', '2001:db8::1:0:0:1'],
    ['::1', '::1'],
    ['::', '::'],
    ['fe80::1', 'fe80::1'],
    ['1::', '1::'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['64:ff9b::192.0.2.33', '64:ff9b::c000:221'],
    ['10:0:0:100:0:0:0:1', '10:0:0:100::1'],
  ])('reads %s', (text, normal) => expect(parseIpNetwork(text)).toBe(normal))

  test.each([
    '',
    ' 10.0.0.1',
    '10.0.0.1/8',
    '10.0.0',
    '10.0.0.0.0',
    '10.0.0.256',
    '010.0.0.1',
    '10.0.0.0/33',
    '10.0.0.0/-1',
    '10.0.0.0/08',
    '10.0.0.0/8/8',
    '!10.0.0.1',
    '10.0.0.*',
    'example.org',
    '2001:db8::1/32',
    ':::',
    '1::2::3',
    '12345::',
    'fe80::1%eth0',
    '1:2:3:4:5:6:7',
    '1:2:3:4:5:6:7:8:9',
    '::1.2.3',
    '1.2.3.4,5.6.7.8',
  ])('refuses %j', (text) => expect(parseIpNetwork(text)).toBeUndefined())

  test('takes exactly the addresses that the system takes, and its normal form is stable', () => {
    fc.assert(
      fc.property(fc.oneof(fc.ipV4(), fc.ipV6(), fc.string(), fc.stringMatching(/^[0-9a-f:.]{1,20}$/)), (text) => {
        const normal = parseIpNetwork(text)
        if (!text.includes('/')) expect(normal !== undefined).toBe(isIP(text) !== 0)
        if (normal !== undefined) expect(parseIpNetwork(normal)).toBe(normal)
      }),
      { numRuns: 2000 },
    )
  })
})

describe('isWithin', () => {
  test.each([
    ['10.1.2.3', ['10.0.0.0/8'], true],
    ['11.1.2.3', ['10.0.0.0/8'], false],
    ['::ffff:10.1.2.3', ['10.0.0.0/8'], true],
    ['10.1.2.3', ['192.0.2.0/24', '10.1.2.3'], true],
    ['10.1.2.3', ['0.0.0.0/0'], true],
    ['2001:db8::1', ['0.0.0.0/0'], false],
    ['2001:db8:1::1', ['2001:db8::/47'], true],
    ['2001:db8:2::1', ['2001:db8::/47'], false],
    ['name', ['0.0.0.0/0'], false],
    ['10.1.2.3', [], false],
  ])('%s in %j: %s', (address, networks, expected) => expect(isWithin(address, networks)).toBe(expected))
})
