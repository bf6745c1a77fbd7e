import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { bad, good } from './readme-example.ts'

const read = (name: string) => readFileSync(new URL(name, import.meta.url), 'utf8')

test('the example of the README is the one that is compiled here', () => {
  expect(read('../README.md')).toContain(`\`\`\`ts\n${read('./readme-example.ts')}\`\`\``)
})

test('and it answers what it says', () => {
  expect(good).toEqual({ effect: 'allow', commandLine: "tail -n '200' -- '/var/log/syslog'" })
  expect(bad).toMatchObject({
    effect: 'deny',
    code: 'POLICY_PARAM_MISMATCH',
    reason: expect.stringMatching(/^The parameter "path" does not match /),
  })
})

test('the example for CI is run as it stands, and is red for what is unsafe', () => {
  const example = fileURLToPath(new URL('./programs/readme-lint.ts', import.meta.url))
  expect(read('../README.md')).toContain(`\`\`\`ts\n${readFileSync(example, 'utf8')}\`\`\``)
  const folder = mkdtempSync(join(tmpdir(), 'policy-readme-'))
  try {
    const lint = (pattern: string) => {
      const grep = { template_id: 'find', command: 'grep {word} /var/log/syslog', allowed_params: { word: pattern } }
      writeFileSync(join(folder, 'templates.json'), JSON.stringify([grep]))
      return spawnSync(process.execPath, ['--conditions=source', example], { cwd: folder, encoding: 'utf8' })
    }
    expect(lint('.*')).toMatchObject({ stdout: expect.stringContaining('find: '), status: 1 })
    expect(lint('^[a-z]{1,9}$')).toMatchObject({ stderr: '', status: 0 })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
