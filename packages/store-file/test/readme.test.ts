import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const program = fileURLToPath(new URL('./programs/readme-example.ts', import.meta.url))
const example = readFileSync(program, 'utf8')

test('the example of the README is the one that is compiled here', () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8')
  expect(readme).toContain(`\`\`\`ts\n${example}\`\`\``)
})

test('and it prints what its comment says', () => {
  const cwd = mkdtempSync(join(tmpdir(), 'sshmcp-readme-'))
  try {
    const words = ['--conditions=source', '--disable-warning=ExperimentalWarning', program]
    const printed = execFileSync(process.execPath, words, { cwd, encoding: 'utf8' })
    expect(example).toContain(`\n// ${printed}`)
  } finally {
    rmSync(cwd, { recursive: true, force: true })
  }
})
