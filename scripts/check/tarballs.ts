import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { Red, read, root, sh } from './step.ts'
import { faultsOf } from './tarball-faults.ts'

const manifest = z.object({ name: z.string(), private: z.boolean().optional(), exports: z.unknown().optional() })

const folders = (): readonly string[] =>
  ['packages', 'apps']
    .filter((parent) => existsSync(join(root, parent)))
    .flatMap((parent) => readdirSync(join(root, parent)).map((name) => join(root, parent, name)))
    .filter((folder) => existsSync(join(folder, 'package.json')))

const checkTarball = (tarball: string, name: string): void => {
  const files = read('tar', ['-tzf', tarball]).trim().split('\n')
  const packed = read('tar', ['-xzOf', tarball, 'package/package.json'])
  const faults = faultsOf(
    files.map((file) => file.replace(/^package\//, '')),
    packed,
  )
  if (faults.length > 0) throw new Red(`${name}: ${faults.join('; ')}`)
  read('publint', [tarball, '--strict'])
  // A program without exports has nothing that types could be wrong about.
  if (manifest.parse(JSON.parse(packed)).exports !== undefined) read('attw', [tarball, '--profile', 'esm-only'])
}

/** Packs every package that is published and checks what a consumer would get. */
export const checkTarballs = (): void => {
  const destination = mkdtempSync(join(tmpdir(), 'sshmcp-pack-'))
  try {
    for (const folder of folders()) {
      const { name, private: isPrivate } = manifest.parse(
        JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')),
      )
      if (isPrivate) continue
      sh('pnpm', ['pack', '--pack-destination', destination], { cwd: folder, stdio: 'ignore' })
      const file = readdirSync(destination).find((entry) => entry.startsWith(`${name.replace(/^@(.*)\//, '$1-')}-`))
      if (file === undefined) throw new Red(`${name}: pnpm pack wrote no tarball`)
      checkTarball(join(destination, file), name)
      rmSync(join(destination, file))
      console.log(`${name} ok`)
    }
  } finally {
    rmSync(destination, { recursive: true, force: true })
  }
}
