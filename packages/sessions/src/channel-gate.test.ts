import { expect, test } from 'vitest'
import { ChannelGate } from './channel-gate.ts'

const never = new AbortController().signal

test('lets so many in, the next ones in the order in which they came', async () => {
  const gate = new ChannelGate(2)
  const leaves = [await gate.enter(never), await gate.enter(never)]
  const order: number[] = []
  const waiting = [1, 2, 3].map(async (n) => {
    const leave = await gate.enter(never)
    order.push(n)
    return leave
  })
  leaves[0]?.()
  leaves[0]?.()
  const third = await waiting[0]
  expect([order, gate.inside]).toEqual([[1], 2])
  leaves[1]?.()
  third?.()
  await Promise.all(waiting)
  expect(order).toEqual([1, 2, 3])
})

test('who gives up waiting is not let in', async () => {
  const gate = new ChannelGate(1)
  const leave = await gate.enter(never)
  const abort = new AbortController()
  const given = gate.enter(abort.signal)
  const patient = gate.enter(never)
  abort.abort(new Error('enough'))
  await expect(given).rejects.toThrow('enough')
  leave()
  await patient
  expect(gate.inside).toBe(1)
})

test('narrows when one is refused and grows back after many that were not', async () => {
  const gate = new ChannelGate(3)
  gate.narrowTo(0)
  const leave = await gate.enter(never)
  let isIn = false
  const second = gate.enter(never).then(() => {
    isIn = true
  })
  for (let n = 0; n < 31; n++) gate.passed()
  await Promise.resolve()
  expect(isIn).toBe(false)
  gate.passed()
  await second
  expect(gate.inside).toBe(2)
  leave()
})
