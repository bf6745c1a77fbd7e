import { describe, expect, test } from 'vitest'
import { strictVerifier } from './strict-verifier.ts'

const key = Buffer.from('key')

describe('only exactly true is a yes', () => {
  test('true', () => {
    expect(
      strictVerifier(
        () => true,
        () => {},
      )(key),
    ).toBe(true)
  })

  test.each([
    ['false', () => false],
    ['undefined', () => undefined],
    ['null', () => null],
    ['0', () => 0],
    ['1', () => 1],
    ['an empty text', () => ''],
    ['the text true', () => 'true'],
    ['an object', () => ({})],
    ['a Boolean object', () => Object(true)],
    ['a promise of true', async () => true],
    ['a promise of false', async () => false],
  ])('%s is a no, and a synchronous one', (_name, check) => {
    expect(strictVerifier(check, () => {})(key)).toBe(false)
  })

  test('a throw is a no, and is told', () => {
    const told: unknown[] = []
    const oops = new Error('oops')
    const verifier = strictVerifier(
      () => {
        throw oops
      },
      (cause) => told.push(cause),
    )
    expect([verifier(key), told]).toEqual([false, [oops]])
  })

  test('the check cannot change the key that ssh2 goes on with', () => {
    const mine = Buffer.from('key')
    strictVerifier(
      (copy) => {
        copy.fill(0)
        return true
      },
      () => {},
    )(mine)
    expect(mine.toString()).toBe('key')
  })
})
