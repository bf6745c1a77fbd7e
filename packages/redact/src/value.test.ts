import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createRedactor } from './index.ts'

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

test('does not change the value it was given', () => {
  const value = { password: 'hunter2', list: [{ token: 'x1y2z3a4b5' }] }
  redactor.redactValue(value)
  expect(value).toEqual({ password: 'hunter2', list: [{ token: 'x1y2z3a4b5' }] })
})
