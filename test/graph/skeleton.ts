import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { repository } from '../repository.ts'

/** Packages of the table that are still to be written, and outside things that the rules name. */
const future = ['approvals', 'ca']
const outside = ['ssh2', 'zod', 're2js', 'jose', 'undeclared', 'only-for-tests', '@modelcontextprotocol/sdk']

const write = (path: string, text: string) => {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
}

type Manifest = { readonly exports: Readonly<Record<string, { readonly source: string }>> }

const manifestOf = (text: string): Manifest => JSON.parse(text)

const standIn = JSON.stringify({ exports: { '.': { source: './src/index.ts', default: './dist/index.js' } } })

/**
 * A tree with this repository's folders, manifests and rules, each source file empty.
 * The rules see paths alone, so this is all they need, and nothing in the real tree is touched.
 */
export const makeSkeleton = (files: Readonly<Record<string, string>>): string => {
  const root = mkdtempSync(join(tmpdir(), 'sshmcp-graph-'))
  for (const file of ['.dependency-cruiser.mjs', 'tsconfig.json', 'tsconfig.base.json', 'package.json'])
    cpSync(join(repository, file), join(root, file))
  const scope = join(root, 'node_modules/@sshmcp')
  mkdirSync(scope, { recursive: true })
  for (const name of new Set([...readdirSync(join(repository, 'packages')), ...future])) {
    const manifest = join(repository, 'packages', name, 'package.json')
    const text = existsSync(manifest) ? readFileSync(manifest, 'utf8') : standIn
    const planted = { ...manifestOf(text), devDependencies: { 'only-for-tests': '1' } }
    write(join(root, 'packages', name, 'package.json'), JSON.stringify(planted))
    for (const { source } of Object.values(manifestOf(text).exports))
      write(join(root, 'packages', name, source), 'export {}\n')
    symlinkSync(`../../packages/${name}`, join(scope, name))
  }
  for (const name of outside) {
    write(join(root, 'node_modules', name, 'package.json'), JSON.stringify({ name, version: '1.0.0', type: 'module' }))
    for (const file of ['index.js', 'types.js']) write(join(root, 'node_modules', name, file), 'export {}\n')
  }
  for (const [path, text] of Object.entries(files)) write(join(root, path), text)
  return root
}
