import { expect, test } from 'vitest'
import { createHiddenNames } from './hidden-names.ts'

const name = new TextEncoder().encode('b-password=hunter2')

/** Finds a secret in the texts for which it is told to, one after the other. */
const redactor = (...finds: boolean[]) => ({
  redact: (text: string) => ({ text: finds.shift() === true ? '[REDACTED]' : text, findings: {} }),
})

test('what is sealed is opened by the one that sealed it, and by no other', () => {
  const names = createHiddenNames(redactor())
  const sealed = names.seal(name)
  expect(names.open(sealed)).toEqual(Buffer.from(name))
  expect(createHiddenNames(redactor()).open(sealed)).toBeUndefined()
  expect(names.open(`${sealed.slice(0, -2)}AA`)).toBeUndefined()
})

test('what happens to look like a secret is sealed anew, since it would not come back whole', () => {
  const finds = [true, true, false]
  const names = createHiddenNames(redactor(...finds))
  expect(names.open(names.seal(name))).toEqual(Buffer.from(name))
  expect(names.holdsSecret('anything')).toBe(false)
})
