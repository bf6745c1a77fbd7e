import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as z from 'zod'
import { Red, read, root } from './step.ts'
import { faultsOf } from './tarball-faults.ts'

const manifest = z.object({ name: z.string(), private: z.boolean().optional(), exports: z.unknown().optional() })

const workspace = z.object({ devDependencies: z.record(z.string(), z.string()) })

/** Packages that come without types, as this repository knows them. */
const typesApart = (): readonly string[] =>
  Object.keys(workspace.parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))).devDependencies)
    .filter((name) => name.startsWith('@types/') && name !== '@types/node')
    .map((name) => name.slice('@types/'.length))

const folders = (): readonly string[] =>
  ['packages', 'apps']
    .filter((parent) => existsSync(join(root, parent)))
    .flatMap((parent) => readdirSync(join(root, parent)).map((name) => join(root, parent, name)))
    .filter((folder) => existsSync(join(folder, 'package.json')))

const textOf = (tarball: string, files: readonly string[]): string =>
  files.length === 0 ? '' : read('tar', ['-xzOf', tarball, ...files])

const checkTarball = (tarball: string, name: string): void => {
  const files = read('tar', ['-tzf', tarball]).trim().split('\n')
  const packed = read('tar', ['-xzOf', tarball, 'package/package.json'])
  const faults = faultsOf(
    files.map((file) => file.replace(/^package\//, '')),
    packed,
    {
      declarations: textOf(
        tarball,
        files.filter((file) => file.endsWith('.d.ts')),
      ),
      typesApart: typesApart(),
    },
  )
  if (faults.length > 0) throw new Red(`${name}: ${faults.join('; ')}`)
  read('publint', [tarball, '--strict'])
  // A program without exports has nothing that types could be wrong about.
  if (manifest.parse(JSON.parse(packed)).exports !== undefined) read('attw', [tarball, '--profile', 'esm-only'])
}

const checkPackage = (folder: string, name: string): boolean => {
  const destination = mkdtempSync(join(tmpdir(), 'sshmcp-pack-'))
  try {
    read('pnpm', ['pack', '--pack-destination', destination], { cwd: folder })
    const [file] = readdirSync(destination)
    if (file === undefined) throw new Red(`${name}: pnpm pack wrote no tarball`)
    checkTarball(join(destination, file), name)
    console.log(`${name} ok`)
    return true
  } catch (error) {
    if (!(error instanceof Red)) throw error
    console.error(error.message)
    return false
  } finally {
    rmSync(destination, { recursive: true, force: true })
  }
}

/** Packs every package that is published and checks what a consumer would get. @throws Red naming those at fault */
export const checkTarballs = (): void => {
  const red = folders().flatMap((folder) => {
    const { name, private: isPrivate } = manifest.parse(JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')))
    return isPrivate || checkPackage(folder, name) ? [] : [name]
  })
  if (red.length > 0) throw new Red(`not fit to publish: ${red.join(', ')}`)
}
