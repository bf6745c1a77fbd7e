import { expect, test } from 'vitest'
import { defineErrors, isSshMcpError, SshMcpError } from './error.ts'

const clockErrors = defineErrors({
  CLOCK_BACKWARDS: { when: 'the clock went back', retry: 'later', next: 'Check the time service of this machine.' },
  CLOCK_MISSING: { when: 'there is no clock', retry: 'no', next: 'Buy one.' },
})

test('an error has its code, its message and what its code says to do', () => {
  const error = clockErrors.error('CLOCK_BACKWARDS', { message: 'The clock went back by 5 s.' })
  expect(error).toBeInstanceOf(Error)
  expect(error).toMatchObject({
    name: 'SshMcpError',
    code: 'CLOCK_BACKWARDS',
    message: 'The clock went back by 5 s.',
    next: 'Check the time service of this machine.',
    field: undefined,
    candidates: undefined,
    retryAfterSeconds: undefined,
  })
  expect(error.stack).toContain('error.test.ts')
})

test('the place that throws may know better what to do, and more', () => {
  const cause = new Error('inside')
  const error = clockErrors.error('CLOCK_MISSING', {
    message: 'No clock "sundail".',
    next: 'Did you mean sundial?',
    field: 'clock.name',
    candidates: ['sundial'],
    retryAfterSeconds: 7,
    cause,
  })
  expect(error).toMatchObject({
    next: 'Did you mean sundial?',
    field: 'clock.name',
    candidates: ['sundial'],
    retryAfterSeconds: 7,
  })
  expect(error.cause).toBe(cause)
})

test('no cause is no property: nothing that prints errors shows an empty one', () => {
  expect('cause' in clockErrors.error('CLOCK_MISSING', { message: 'x' })).toBe(false)
})

test('the cause is in nothing that is made of the error as JSON or text', () => {
  const error = clockErrors.error('CLOCK_MISSING', { message: 'x', cause: new Error('hunter2') })
  expect(JSON.stringify(error)).not.toContain('hunter2')
  expect(String(error)).not.toContain('hunter2')
})

test('is recognised by its brand, across copies of the package and never by its looks', () => {
  const error = clockErrors.error('CLOCK_MISSING', { message: 'x' })
  expect(isSshMcpError(error)).toBe(true)
  expect(isSshMcpError({ [Symbol.for('@sshmcp/error')]: true, code: 'CLOCK_MISSING' })).toBe(true)
  expect(isSshMcpError({ name: 'SshMcpError', code: 'CLOCK_MISSING', message: 'x', next: '' })).toBe(false)
  for (const other of [undefined, null, 'SshMcpError', 1, new Error('x')]) expect(isSshMcpError(other)).toBe(false)
})

test('a family is its table and no more', () => {
  expect(Object.keys(clockErrors.table)).toEqual(['CLOCK_BACKWARDS', 'CLOCK_MISSING'])
  expect(new SshMcpError('CLOCK_MISSING', { message: 'x', next: 'y' })).toMatchObject({ next: 'y' })
})
