/** Writes the editor extension as dist/sshmcp-vscode.vsix, or to the path that is named. Build first: `pnpm build`. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { createVSIX } from '@vscode/vsce'
import { root } from './check/step.ts'
import { stage } from './vsix/stage.ts'

const packagePath = resolve(process.argv[2] ?? join(root, 'dist/sshmcp-vscode.vsix'))
const folder = mkdtempSync(join(tmpdir(), 'sshmcp-vsix-'))
try {
  stage(folder)
  mkdirSync(dirname(packagePath), { recursive: true })
  await createVSIX({ cwd: folder, packagePath, dependencies: false })
} finally {
  rmSync(folder, { recursive: true, force: true })
}
