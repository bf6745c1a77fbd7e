import { readFileSync } from 'node:fs'
import { aHost } from '@sshmcp/kernel/testing'
import { expect, test } from 'vitest'
import { diskUsage, hostId, script } from './readme-example.ts'

const read = (name: string) => readFileSync(new URL(name, import.meta.url), 'utf8')

test('the example of the README is the one that is compiled here', () => {
  expect(read('../README.md')).toContain(`\`\`\`ts\n${read('./readme-example.ts')}\`\`\``)
})

test('and it answers what it says', async () => {
  const answer = await diskUsage(script, aHost({ hostId }), new AbortController().signal)
  expect(answer).toBe('deploy: / 42%\n(0)')
})
