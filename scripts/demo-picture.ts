/** Draws docs/demo.svg from what `sshmcp demo` prints on a terminal. Run by hand after the demo has changed; build first. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { terminalPicture } from './terminal-picture.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const demo = `'${process.execPath}' '${join(root, 'apps/cli/dist/index.js')}' demo`
// The file systems of whoever draws it are nobody's business: the root alone is shown.
const bin = mkdtempSync(join(tmpdir(), 'sshmcp-picture-'))
writeFileSync(join(bin, 'df'), '#!/bin/sh\nexec /bin/df "$@" /\n', { mode: 0o755 })
try {
  const env = { ...process.env, PATH: `${bin}:${process.env.PATH}`, TERM: 'xterm-256color' }
  const printed = execFileSync('script', ['-qec', demo, '/dev/null'], { encoding: 'utf8', env })
  writeFileSync(join(root, 'docs/demo.svg'), terminalPicture(printed, 'sshmcp demo'))
} finally {
  rmSync(bin, { recursive: true, force: true })
}
