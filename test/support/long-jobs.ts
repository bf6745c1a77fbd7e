import type { ProductScene } from './product-scene.ts'
import { template } from './product-scene.ts'

/** Prints the numbers from 1 on standard output, and each thousandth on standard error. */
export const counting = template(
  'counting',
  'awk -v n={count} \'BEGIN { for (i = 1; i <= n; i++) { print i; if (i % 1000 == 0) print i > "/dev/stderr" } }\'',
  { allowed_params: { count: '^[0-9]{1,9}$' } },
)

/** What `seq FROM TO` prints. */
function numbers(from: number, to: number): string {
  let text = ''
  for (let at = from; at <= to; at++) text += `${at}\n`
  return text
}

export interface FollowedJob {
  readonly status: unknown
  /** Bytes of both streams that were read. */
  readonly read: number
  readonly dropped: number
  /** The last number that stood on standard output. */
  readonly last: number
}

/**
 * Reads a counting job to its end by its cursors and holds every stretch against what it must be: numbers that follow one
 * another, with a gap only where the reply counts one.
 */
export async function followCounting(scene: ProductScene, job_id: unknown): Promise<FollowedJob> {
  let [cursor, read, dropped, last, rest] = ['', 0, 0, 0, '']
  for (;;) {
    const reply = await scene.ok('poll_background_job', { job_id, cursor, wait_seconds: 5 })
    const { stdout, stderr, status, next_cursor, dropped_bytes } = reply
    const [out, err, lost] = [String(stdout), String(stderr), Number(dropped_bytes)]
    let text = rest + out
    // After a gap the first line may be the end of one.
    if (lost > 0) text = out.slice(out.indexOf('\n') + 1)
    const whole = text.slice(0, text.lastIndexOf('\n') + 1)
    rest = text.slice(whole.length)
    if (whole !== '') {
      const first = Number(whole.slice(0, whole.indexOf('\n')))
      const end = Number(whole.slice(whole.lastIndexOf('\n', whole.length - 2) + 1, -1))
      if ((lost === 0 && first !== last + 1) || first <= last) throw new Error(`${first} came after ${last}`)
      if (whole !== numbers(first, end)) throw new Error(`what stands from ${first} to ${end} is not what was printed`)
      last = end
    }
    read += out.length + err.length
    dropped += lost
    if (status !== 'running' && next_cursor === cursor) return { status, read, dropped, last }
    cursor = String(next_cursor)
  }
}

/** Bytes of what {@link counting} prints. */
export function countingBytes(count: number): number {
  let bytes = 0
  for (let digits = 1, from = 1; from <= count; digits++, from *= 10) {
    const to = Math.min(count, from * 10 - 1)
    bytes += (to - from + 1) * (digits + 1)
    const thousandths = Math.floor(to / 1000) - Math.floor((from - 1) / 1000)
    bytes += thousandths * (digits + 1)
  }
  return bytes
}
