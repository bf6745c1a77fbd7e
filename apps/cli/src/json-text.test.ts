import { expect, test } from 'vitest'
import { jsonText } from './json-text.ts'

const hostile = { 'a\u009b2J': ['\u202e\u2066', 'tag \u{e0041}', '\u001b[2J\u007f', 'ünï 😀 漢', '\ud800', '\ue000'] }

test('nothing that a terminal obeys or an eye misses is left, and a program reads the same', () => {
  for (const indent of [undefined, 2]) {
    const text = jsonText(hostile, indent)
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\p{Cf}\p{Co}]/u)
    expect(text).toContain('ünï 😀 漢')
    expect(JSON.parse(text)).toEqual(hostile)
  }
})
