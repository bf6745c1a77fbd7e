import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createContext, runInContext } from 'node:vm'
import { build } from 'tsup'
import { expect, test } from 'vitest'

test('it runs in a browser bundle, where there is no process, no Buffer and no require', async () => {
  const outDir = mkdtempSync(join(tmpdir(), 'sshmcp-browser-'))
  try {
    await build({
      entry: { policy: fileURLToPath(new URL('../src/index.ts', import.meta.url)) },
      config: false,
      format: 'iife',
      globalName: 'policy',
      platform: 'browser',
      noExternal: [/./],
      outDir,
      silent: true,
      esbuildOptions: (options) => {
        options.conditions = ['source', 'browser', 'import']
      },
    })
    const code = readFileSync(join(outDir, 'policy.global.js'), 'utf8')
    const page = createContext({ TextEncoder, URL })
    const answer: unknown = runInContext(
      `${code}
      policy.createPolicy({
        hosts: [{ host_id: 'a', hostname: 'a' }],
        templates: [{ template_id: 'cat', argv: ['cat', '{f}'], allowed_params: { f: '^/srv/.+$' }, risk_level: 'low' }],
      }).check({ userId: 'u', roles: ['developer'], hostId: 'a', templateId: 'cat', params: { f: "/srv/it's" } }, 0).commandLine`,
      page,
    )
    expect(answer).toBe(`cat -- '/srv/it'"'"'s'`)
  } finally {
    rmSync(outDir, { recursive: true, force: true })
  }
}, 60_000)
