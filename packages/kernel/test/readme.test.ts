import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { tell } from './readme-example.ts'

const read = (name: string) => readFileSync(new URL(name, import.meta.url), 'utf8')

test('the example of the README is the one that is compiled here', () => {
  expect(read('../README.md')).toContain(`\`\`\`ts\n${read('./readme-example.ts')}\`\`\``)
})

test('and it says what is written under it', () => {
  for (const name of ['kitchen', 'kitchne']) {
    expect(read('./readme-example.ts')).toContain(`// tell('${name}') is "${tell(name)}"\n`)
  }
})
