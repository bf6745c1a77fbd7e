import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const read = (name: string) => readFileSync(new URL(name, import.meta.url), 'utf8')

test('the example of the README is the one that is compiled here', () => {
  expect(read('../README.md')).toContain(`\`\`\`ts\n${read('./readme-example.ts')}\`\`\``)
})

test('and it runs to its end', async () => {
  await expect(import('./readme-example.ts')).resolves.toBeDefined()
})
