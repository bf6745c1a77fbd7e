import { systemClock } from '@sshmcp/kernel'
import { aHost } from '@sshmcp/kernel/testing'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { CapturedOutput } from './captured-output.ts'
import { Job } from './job.ts'
import { plainFilter } from './testing/index.ts'

type Stream = 'stdout' | 'stderr'

const text = fc.string({ unit: 'grapheme', maxLength: 2_000 })
const step = fc.oneof(
  fc.record({ kind: fc.constantFrom<Stream>('stdout', 'stderr'), text }),
  fc.record({ kind: fc.constant('poll' as const), maxBytes: fc.integer({ min: 64, max: 4_000 }) }),
  fc.record({ kind: fc.constant('again' as const), which: fc.nat() }),
)

/** Where a cursor stands: it is opaque to callers, not to us. */
function placeOf(cursor: string): Readonly<Record<Stream, number>> {
  const [, stdout = '0', stderr = '0'] = Buffer.from(cursor, 'base64url').toString().split('.')
  return { stdout: Number(stdout), stderr: Number(stderr) }
}

function jobWith(keep: number) {
  const output = new CapturedOutput(plainFilter, { outputMaxBytes: 64, jobOutputMaxBytes: keep }, () => {})
  return { output, job: new Job({ jobId: 'job_1', host: aHost(), templateId: 't', output, clock: systemClock }) }
}

test('whatever is written and asked for, a cursor gives what stands there in the whole output, and nothing twice or between', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), fc.integer({ min: 64, max: 20_000 }), (steps, keep) => {
      const { output, job } = jobWith(keep)
      const whole: Record<Stream, Buffer> = { stdout: Buffer.alloc(0), stderr: Buffer.alloc(0) }
      const given = ['']
      const check = (cursor: string, maxBytes: number): string => {
        const reply = job.outputFrom(cursor, maxBytes)
        const [from, to] = [placeOf(cursor), placeOf(reply.nextCursor)]
        let skipped = 0
        for (const stream of ['stdout', 'stderr'] as const) {
          const bytes = Buffer.from(reply[stream])
          const begin = to[stream] - bytes.length
          expect(bytes.equals(whole[stream].subarray(begin, to[stream]))).toBe(true)
          skipped += begin - from[stream]
        }
        expect(reply.droppedBytes).toBe(skipped)
        expect(Buffer.byteLength(reply.stdout) + Buffer.byteLength(reply.stderr)).toBeLessThanOrEqual(maxBytes)
        return reply.nextCursor
      }
      for (const asked of steps) {
        if (asked.kind === 'poll') given.push(check(given.at(-1) ?? '', asked.maxBytes))
        else if (asked.kind === 'again') check(given[asked.which % given.length] ?? '', 1_000)
        else {
          const before = output[asked.kind].log.end
          output.sink.write(asked.kind, Buffer.from(asked.text))
          const kept = output[asked.kind].log.read(before, 1_000_000).text
          whole[asked.kind] = Buffer.concat([whole[asked.kind], Buffer.from(kept)])
        }
      }
      for (let cursor = given.at(-1) ?? ''; ; ) {
        const next = check(cursor, 4_000)
        if (next === cursor) break
        cursor = next
      }
    }),
    { numRuns: 200 },
  )
})

test('the beginning says how much of it is no longer kept', () => {
  const { output, job } = jobWith(1_000)
  output.sink.write('stdout', Buffer.alloc(5_000, 'a'))
  output.sink.write('stderr', Buffer.alloc(1_500, 'b'))
  const reply = job.outputFrom('', 10_000)
  expect([reply.droppedBytes, reply.stdout.length, reply.stderr.length]).toEqual([4_500, 1_000, 1_000])
})
