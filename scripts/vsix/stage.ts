import { cpSync, mkdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, relative } from 'node:path'
import * as z from 'zod'
import { root } from '../check/step.ts'

const packageManifest = z.object({ dependencies: z.record(z.string(), z.string()).default({}) })

/** What the extension is made of: from where in the repository, to where in the .vsix. It looks for a Node that will do by itself. */
const parts: readonly (readonly [from: string, to: string])[] = [
  ['apps/vscode/README.md', 'README.md'],
  ['apps/vscode/LICENSE', 'LICENSE'],
  ['apps/vscode/media/icon.png', 'media/icon.png'],
  ['apps/vscode/dist/extension.cjs', 'dist/extension.cjs'],
  ['apps/stdio-server/dist/program.js', 'server/index.js'],
  ['apps/stdio-server/dist/THIRD-PARTY.txt', 'server/THIRD-PARTY.txt'],
  ['apps/cli/dist/program.js', 'server/sshmcp.js'],
  ['apps/cli/dist/THIRD-PARTY.txt', 'server/sshmcp.THIRD-PARTY.txt'],
]

/** Puts the extension together in an empty folder, from what was built. */
export const stage = (folder: string): void => {
  for (const [from, to] of parts) {
    mkdirSync(dirname(join(folder, to)), { recursive: true })
    cpSync(join(root, from), join(folder, to))
  }
  const {
    devDependencies: _,
    dependencies: __,
    scripts: ___,
    ...manifest
  } = JSON.parse(readFileSync(join(root, 'apps/vscode/package.json'), 'utf8'))
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`)
  // The one import that stays in a bundle (docs/decisions/004) comes with what it needs, each with its licence.
  copyPackage('ssh2', join(root, 'apps/vscode'), join(folder, 'server/node_modules'))
}

/** A package and what it needs, without its tests, examples and sources of native parts. */
const copyPackage = (name: string, from: string, target: string): void => {
  const require = createRequire(join(realpathSync(from), 'package.json'))
  const source = dirname(require.resolve(`${name}/package.json`))
  cpSync(source, join(target, name), {
    recursive: true,
    filter: (path) => isNeeded(relative(source, path)),
  })
  const { dependencies } = packageManifest.parse(JSON.parse(readFileSync(join(source, 'package.json'), 'utf8')))
  for (const needed of Object.keys(dependencies)) copyPackage(needed, source, target)
}

const isNeeded = (path: string): boolean => {
  if (/(^|\/)(node_modules|tests?|tests?\.js|examples|util|\.[^/]*|install\.js|.*\.min\.js)(\/|$)/.test(path))
    return false
  // Without an ending it is a folder, as far as these packages go, or the licence.
  return !/\.[^/]+$/.test(path) ? !path.endsWith('Jenkinsfile') : /(\.js|package\.json|licen[cs]e[^/]*)$/i.test(path)
}
