import { Red, read, root, sh } from './step.ts'

/** Everything that `pnpm gen` writes. */
const generated = [
  'packages/tools/src/registry.generated.ts',
  'packages/tools/src/schemas.generated.ts',
  'docs/tools.md',
  'docs/errors.md',
  'README.md',
]

/** Writes what is generated and compares it with what is committed or staged. */
export const checkGenerated = (): void => {
  sh(process.execPath, ['--conditions=source', 'scripts/gen.ts'])
  const missing = read('git', ['ls-files', '--others', '--exclude-standard', '--', ...generated]).trim()
  if (missing !== '') throw new Red(`generated, but not added to git: ${missing.split('\n').join(', ')}`)
  try {
    sh('git', ['--no-pager', 'diff', '--exit-code', '--stat', '--', ...generated], { cwd: root })
  } catch (cause) {
    throw new Red('generated files differ from what is committed: add what `pnpm gen` wrote', { cause })
  }
}
