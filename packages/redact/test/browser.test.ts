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
      entry: { redact: fileURLToPath(new URL('../src/index.ts', import.meta.url)) },
      config: false,
      format: 'iife',
      globalName: 'redact',
      platform: 'browser',
      outDir,
      silent: true,
    })
    const code = readFileSync(join(outDir, 'redact.global.js'), 'utf8')
    const page = createContext({ TextEncoder, btoa, atob })
    const answer: unknown = runInContext(`${code}\nredact.createRedactor().redact('PASSWORD=hunter2').text`, page)
    expect(answer).toBe('PASSWORD=[REDACTED:password]')
  } finally {
    rmSync(outDir, { recursive: true, force: true })
  }
}, 60_000)
