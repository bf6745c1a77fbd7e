import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import type { Options } from 'tsup'

type Plugin = NonNullable<Options['esbuildPlugins']>[number]

/** The folder of the installed package that a bundled file belongs to; undefined for our own files. */
export const packageFolder = (file: string): string | undefined =>
  /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(file.replaceAll('\\', '/'))?.[0]

const nameAndVersion = (folder: string): string => {
  const manifest: unknown = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  const known = typeof manifest === 'object' && manifest !== null && 'name' in manifest && 'version' in manifest
  if (!known) throw new Error(`${folder}/package.json has no name and version`)
  return `${manifest.name} ${manifest.version}`
}

/** What the authors of a package ask to be kept with it. @throws Error when it has no licence that could be kept */
const notice = (folder: string): string => {
  const file = readdirSync(folder).find((entry) => /^(licen[cs]e|copying)(\.|$)/i.test(entry))
  if (file === undefined) throw new Error(`${folder} has no licence file, so it cannot be bundled`)
  return `${nameAndVersion(folder)}\n\n${readFileSync(join(folder, file), 'utf8').trim()}\n`
}

/** The text that goes beside a bundle: one notice per package inside it, in the order of their names. */
export const thirdPartyText = (files: readonly string[]): string => {
  const folders = new Set(files.flatMap((file) => packageFolder(file) ?? []))
  const notices = [...folders].filter((folder) => existsSync(join(folder, 'package.json'))).map(notice)
  return [...new Set(notices)].sort().join(`\n${'-'.repeat(80)}\n\n`)
}

/** Writes THIRD-PARTY.txt beside the bundle: the licences of everything inside. */
export const thirdParty: Plugin = {
  name: 'third-party',
  setup: (build) => {
    build.initialOptions.metafile = true
    build.onEnd(({ metafile }) => {
      if (metafile === undefined) return
      const [output] = Object.keys(metafile.outputs)
      if (output === undefined) return
      const folder = dirname(resolve(output))
      // tsup writes the bundle itself, after this: on a first build the folder is not there yet.
      mkdirSync(folder, { recursive: true })
      const inputs = Object.keys(metafile.inputs).map((file) => resolve(file))
      writeFileSync(join(folder, 'THIRD-PARTY.txt'), thirdPartyText(inputs))
    })
  },
}
