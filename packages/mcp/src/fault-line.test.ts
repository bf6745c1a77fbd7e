import { expect, test } from 'vitest'
import { faultLine } from './fault-line.ts'

test.each([
  [
    new Error('Received a response for an unknown message ID: {"result":{"typed":"hunter2"}}'),
    'Received a response for an unknown message ID',
  ],
  [new Error('Failed to send response: Error: write EPIPE'), 'Failed to send response: Error: write EPIPE'],
  [new Error('odd\u001b[2J\nline'), 'odd\\u{1b}[2J\\u{a}line'],
  ['y'.repeat(1_000_000), `${'y'.repeat(300)}…`],
])('%s', (error, line) => {
  expect(faultLine(error)).toBe(line)
})
