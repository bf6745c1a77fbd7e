import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { FenceReader, type FenceReport, fence } from './process-fence.ts'

const marker = 'sshmcp-0123456789abcdef0123456789abcdef'

function read(chunks: readonly (string | Buffer)[]): {
  readonly text: string
  readonly reports: readonly FenceReport[]
} {
  const reports: FenceReport[] = []
  const reader = new FenceReader(marker, (report) => reports.push(report))
  const parts = [...chunks.map((chunk) => reader.take(Buffer.from(chunk))), reader.end()]
  return { text: Buffer.concat(parts).toString('latin1'), reports }
}

test('the line goes on unchanged behind the fence, in each shell its own', () => {
  expect(fence('df -h', marker, { path: '/bin/bash', family: 'posix' }).line).toBe(`echo ${marker} $$; df -h`)
  expect(fence('df -h', marker, { path: '/bin/fish', family: 'fish' }).line).toBe(`echo ${marker} $fish_pid; df -h`)
  expect(fence('df -h', marker, undefined).line).toBe(`sh -c 'echo ${marker} $PPID "$SHELL"'; df -h`)
  expect(fence('df -h', marker, { path: '/bin/csh', family: 'other' }).line).toMatch(/^sh -c /)
})

describe('the reader', () => {
  test('takes the report out, wherever the chunks are cut', () => {
    const whole = `motd\n${marker} 4711 /bin/bash\noutput\n`
    fc.assert(
      fc.property(fc.array(fc.nat(whole.length), { maxLength: 8 }), (cuts) => {
        const places = [0, ...[...cuts].sort((a, b) => a - b), whole.length]
        const chunks = places.slice(1).map((end, index) => whole.slice(places[index], end))
        expect(read(chunks)).toEqual({ text: 'motd\noutput\n', reports: [{ pid: '4711', shellPath: '/bin/bash' }] })
      }),
    )
  })

  test('loses and adds no byte where there is no report', () => {
    const piece = fc.constantFrom('s', 'sshmcp-', marker, marker.slice(0, 20), '\n', ' x', 'output')
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (chunks) => {
        fc.pre(!chunks.join('').includes(`${marker} `))
        expect(read(chunks)).toEqual({ text: chunks.join(''), reports: [] })
      }),
    )
  })

  test('reads one report only: what a command prints later is output', () => {
    const again = `${marker} 12\n`
    expect(read([`${marker} 11\n`, again])).toEqual({ text: again, reports: [{ pid: '11', shellPath: '' }] })
  })

  test.each(['1', '0', '-1', '01', '12345678', 'x', '$$', '12;reboot', '', '+12', '1e3'])(
    'believes no pid %j',
    (pid) => {
      expect(read([`${marker} ${pid}\n`]).reports).toEqual([{ pid: undefined, shellPath: '' }])
    },
  )

  test('gives up on a report that does not end, and looks no further than the beginning', () => {
    const endless = `${marker} ${'9'.repeat(2_000)}`
    expect(read([endless])).toEqual({ text: endless, reports: [] })
    const late = `${'x'.repeat(70_000)}\n`
    expect(read([late, `${marker} 4711\n`]).reports).toEqual([])
  })
})
