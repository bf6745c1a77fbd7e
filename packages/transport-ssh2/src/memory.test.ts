import { describe, expect, test } from 'vitest'
import { freeIfAlone, freeMemory } from './memory.ts'

describe.runIf('transfer' in ArrayBuffer.prototype)('memory', () => {
  test('is gone for every view on it', () => {
    const memory = Buffer.alloc(40_000, 'x')
    const view = memory.subarray(10)
    freeMemory(view)
    expect([memory.length, view.length]).toEqual([0, 0])
  })

  test.each([
    ['a large piece that nothing shares', Buffer.alloc(40_000), 0],
    ['the greater part of its memory', Buffer.alloc(40_000).subarray(10, 39_000), 0],
    ['half of its memory: the other half may be somebody’s', Buffer.alloc(40_000).subarray(20_000), 20_000],
    ['a small one', Buffer.alloc(16_383), 16_383],
    ['one of the pool', Buffer.allocUnsafe(2_000), 2_000],
  ])('of %s', (_, piece, left) => {
    freeIfAlone(piece)
    expect(piece.length).toBe(left)
  })
})
