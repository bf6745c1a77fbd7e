import { describe, expect, test } from 'vitest'
import { PieceMemory } from './piece-memory.ts'

describe('the memory of pieces', () => {
  test('is used again once it was given back, and once only', () => {
    const memory = new PieceMemory()
    const first = memory.take(65_549)
    memory.giveBack(first.subarray(13))
    memory.giveBack(first.subarray(13))
    const [second, third] = [memory.take(60_000), memory.take(60_000)]
    expect([second.length, third.length]).toEqual([60_000, 60_000])
    expect(second.buffer).toBe(first.buffer)
    expect(third.buffer).not.toBe(first.buffer)
  })

  test.each([0, 100, 16_000, 70_000, 262_144])('a packet of %i bytes has memory of its own', (length) => {
    const memory = new PieceMemory()
    const own = memory.take(length)
    expect(own.length).toBe(length)
    memory.giveBack(own)
    expect(memory.take(65_549).buffer).not.toBe(own.buffer)
  })

  test('nothing is taken back that was not lent, and nothing is kept when it is cleared', () => {
    const memory = new PieceMemory()
    const foreign = Buffer.alloc(65_792)
    memory.giveBack(foreign)
    expect(memory.take(65_549).buffer).not.toBe(foreign.buffer)
    const first = memory.take(65_549)
    memory.giveBack(first)
    memory.clear()
    expect(memory.take(65_549).buffer).not.toBe(first.buffer)
  })
})
