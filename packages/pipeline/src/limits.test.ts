import { parseUserId } from '@sshmcp/kernel'
import { aPrincipal, ManualClock } from '@sshmcp/kernel/testing'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createLimits } from './limits.ts'

const alice = aPrincipal('operator')
const bob = { ...alice, userId: parseUserId('bob') }
const never = new AbortController().signal

describe('the rate', () => {
  test('counts a sliding minute per identity and says when to come back', async () => {
    const clock = new ManualClock()
    const limits = createLimits({ maxRequestsPerMinute: 2, maxConcurrent: 9 }, clock)
    await limits.admit(alice, never)
    clock.advance(10_000)
    await limits.admit(alice, never)
    clock.advance(10_000)
    await expect(limits.admit(alice, never)).rejects.toMatchObject({ code: 'LIMIT_RATE', retryAfterSeconds: 40 })
    await limits.admit(bob, never)
    clock.advance(40_000)
    await limits.admit(alice, never)
  })

  test('is not used up by calls that it refused', async () => {
    const clock = new ManualClock()
    const limits = createLimits({ maxRequestsPerMinute: 1, maxConcurrent: 9 }, clock)
    await limits.admit(alice, never)
    for (let i = 0; i < 5; i++) await expect(limits.admit(alice, never)).rejects.toMatchObject({ code: 'LIMIT_RATE' })
    clock.advance(60_000)
    await limits.admit(alice, never)
  })
})

describe('calls at once', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  const limits = () => createLimits({ maxRequestsPerMinute: 100, maxConcurrent: 1 }, new ManualClock())

  test('one more waits until a place is free, in order', async () => {
    const lane = limits()
    const first = await lane.admit(alice, never)
    const order: string[] = []
    const waitAs = async (name: string) => {
      const admission = await lane.admit(alice, never)
      order.push(name)
      return admission
    }
    const second = waitAs('second')
    const third = waitAs('third')
    first.release()
    first.release()
    const admission = await second
    expect(order).toEqual(['second'])
    admission.release()
    await third
    expect(order).toEqual(['second', 'third'])
  })

  test('nobody waits for more than ten seconds', async () => {
    const lane = limits()
    const first = await lane.admit(alice, never)
    const waiting = expect(lane.admit(alice, never)).rejects.toMatchObject({ code: 'LIMIT_BUSY' })
    await vi.advanceTimersByTimeAsync(10_000)
    await waiting
    first.release()
    await lane.admit(alice, never)
  })

  test('who is cancelled while waiting gives the place in the queue up', async () => {
    const lane = limits()
    const first = await lane.admit(alice, never)
    const cancel = new AbortController()
    const waiting = expect(lane.admit(alice, cancel.signal)).rejects.toMatchObject({ code: 'CALL_CANCELLED' })
    cancel.abort()
    await waiting
    first.release()
    await lane.admit(alice, never)
  })

  test('others are not held up', async () => {
    const lane = limits()
    await lane.admit(alice, never)
    await lane.admit(bob, never)
  })
})
