import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createRedactor } from './index.ts'
import { expandSpecimen } from './testing/index.ts'

const redactor = createRedactor()

const name = fc.constantFrom(
  'password',
  'token',
  'name',
  'value',
  'kind',
  'data',
  'id',
  'Secret',
  '__proto__',
  'a b',
  '',
)
const text = fc.constantFrom(
  'hunter2',
  'Secret',
  'DB_PASSWORD',
  '{"password":"hunter2"}',
  'plain words',
  'password=x1y2z3',
  '',
)
const { json } = fc.letrec((tie) => ({
  json: fc.oneof(
    { maxDepth: 5 },
    text,
    fc.string(),
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('json'), { maxLength: 4 }),
    fc.dictionary(fc.oneof(name, fc.string()), tie('json'), { maxKeys: 5 }),
  ),
}))

/** Only the kind of what stands where: names and scalars left out, since they may be masked. */
function shape(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shape)
  if (typeof value === 'object' && value !== null) return Object.values(value).map(shape)
  return 'scalar'
}

describe('any JSON value', () => {
  test('keeps its shape', () => {
    fc.assert(
      fc.property(json, (value) => {
        expect(shape(redactor.redactValue(value).value)).toEqual(shape(value))
      }),
      { numRuns: 500 },
    )
  })

  test('can still be written and read', () => {
    fc.assert(
      fc.property(json, (value) => {
        const masked = redactor.redactValue(value).value
        expect(JSON.parse(JSON.stringify(masked))).toEqual(masked)
      }),
      { numRuns: 500 },
    )
  })

  test('is masked once when it is masked twice', () => {
    fc.assert(
      fc.property(json, (value) => {
        const once = redactor.redactValue(value).value
        expect(redactor.redactValue(once).value).toEqual(once)
      }),
      { numRuns: 500 },
    )
  })
})

test('a value is masked alike whatever was masked before it', () => {
  const seasoned = createRedactor()
  for (let index = 0; index < 3_000; index++) seasoned.redactValue({ [`name${index % 1_500}`]: `text ${index}` })
  fc.assert(
    fc.property(json, (value) => {
      expect(seasoned.redactValue(value)).toEqual(createRedactor().redactValue(value))
    }),
    { numRuns: 30 },
  )
  expect(seasoned.redactValue({ note: 'hunter2' }).value).toEqual({ note: 'hunter2' })
  expect(seasoned.redactValue({ password: 'hunter2' }).value).toEqual({ password: '[REDACTED:password]' })
})

test('a name that was masked makes no secret of its value the second time', () => {
  const once = redactor.redactValue([{ name: 'password=hunter2', value: 'plain words' }]).value
  expect(once).toEqual([{ name: 'password=[REDACTED:password]', value: 'plain words' }])
  expect(redactor.redactValue(once).value).toEqual(once)
})

test('does not change the value it was given', () => {
  const value = { password: 'hunter2', list: [{ token: 'x1y2z3a4b5' }] }
  redactor.redactValue(value)
  expect(value).toEqual({ password: 'hunter2', list: [{ token: 'x1y2z3a4b5' }] })
})

const random = expandSpecimen('<w20>k1')

test.each([
  [{ args: ['mysql', '-uroot', `-p${random}`] }],
  [{ args: ['serve', '--password', random] }],
  [{ cmd: ['curl', '-u', `bob:${random}`] }],
  [{ headers: [['X-Api-Key', random]] }],
  [{ apiKey: { current: random, previous: `Z${random}` } }],
  [{ secrets: { api: random } }],
  [{ db: { credentials: { user: 'bob', password: random } } }],
  [{ adminPassword: { value: random } }],
  [{ env: ['PATH=/bin', `DB_PASSWORD=${random}`] }],
  [{ recovery_codes: ['1a2b3-c4d5e', `f6g7h-${random.slice(0, 3)}11`, random.slice(0, 4)] }],
])('%j holds a secret', (value) => {
  const masked = JSON.stringify(redactor.redactValue(value).value)
  expect(masked).toContain('[REDACTED:')
  expect(masked).not.toContain(random)
})

test('masks codes of digits under their names, as strings and as numbers', () => {
  expect(redactor.redactValue({ pin: '4821', otp: '123456', sim: { puk: 12345678 } }).value).toEqual({
    pin: '[REDACTED:pin]',
    otp: '[REDACTED:otp]',
    sim: { puk: '[REDACTED:pin]' },
  })
})

test.each([
  [{ pin: 13, otp: 'on' }],
  [{ args: ['--verbose', 'x1y2z3a4'] }],
  [{ exports: ['certificateKey', 'createSsh2Transport'] }],
  [{ token: { id: 'tok-4f9d2a7c1b3e5d6f8a9b', type: 'service' } }],
  [{ secrets: { count: 3, names: ['prod-db-password-2'] } }],
  [{ passwordPolicy: { minLength: 12, maxAge: '90d' } }],
])('%j holds none', (value) => {
  expect(redactor.redactValue(value).value).toEqual(value)
})
