import { describe, expect, it } from 'vitest'
import { FlushAhead, flushBytes } from './flush-ahead.ts'

/** A file whose flushes end when they are told to. */
function slowFile() {
  const begun: { readonly end: () => void; readonly fail: (error: Error) => void }[] = []
  const calls: string[] = []
  const datasync = (): Promise<void> => {
    calls.push('datasync')
    return new Promise((end, fail) => begun.push({ end, fail }))
  }
  const sync = async (): Promise<void> => void calls.push('sync')
  return { handle: { datasync, sync }, begun, calls }
}

describe('flushing ahead', () => {
  it('leaves a small file to the one flush at its end', async () => {
    const { handle, calls } = slowFile()
    const flush = new FlushAhead(handle)
    flush.wrote(flushBytes - 1)
    await flush.all()
    expect(calls).toEqual(['sync'])
  })

  it('flushes a large one while it grows, one at a time, and waits for that before the last flush', async () => {
    const { handle, begun, calls } = slowFile()
    const flush = new FlushAhead(handle)
    flush.wrote(flushBytes)
    flush.wrote(flushBytes)
    expect(calls).toEqual(['datasync'])
    begun[0]?.end()
    await settled()
    flush.wrote(1)
    expect(calls).toEqual(['datasync', 'datasync'])
    const all = flush.all()
    await settled()
    expect(calls).toEqual(['datasync', 'datasync'])
    begun[1]?.end()
    await all
    expect(calls).toEqual(['datasync', 'datasync', 'sync'])
  })

  it('tells of a flush that failed at the next write and at the end, where the system would not tell again', async () => {
    const { handle, begun, calls } = slowFile()
    const flush = new FlushAhead(handle)
    flush.wrote(flushBytes)
    begun[0]?.fail(new Error('EIO'))
    await settled()
    expect(() => flush.wrote(1)).toThrow('EIO')
    await expect(flush.all()).rejects.toThrow('EIO')
    expect(calls).toEqual(['datasync'])
  })
})

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))
