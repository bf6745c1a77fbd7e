import * as z from 'zod'

const packedManifest = z.object({
  exports: z.record(z.string(), z.union([z.string(), z.record(z.string(), z.string())])).default({}),
  bin: z.record(z.string(), z.string()).default({}),
  dependencies: z.record(z.string(), z.string()).default({}),
})

const expected = ['package.json', 'LICENSE', 'README.md']
const allowed = (file: string): boolean =>
  expected.includes(file) || file === 'CHANGELOG.md' || file.startsWith('dist/')

/** What a tarball declares, and which packages have their types apart, in `@types/…`. */
export interface Declared {
  /** The text of all declaration files. */
  readonly declarations: string
  readonly typesApart: readonly string[]
}

/** A declaration that names a package without types is an error, or an `any`, wherever it is read. */
const untyped = ({ declarations, typesApart }: Declared, dependencies: Readonly<Record<string, string>>) =>
  typesApart.filter(
    (name) => new RegExp(`(?:from|import) ['"]${name}['"/]`).test(declarations) && !(`@types/${name}` in dependencies),
  )

const nothingDeclared: Declared = { declarations: '', typesApart: [] }

/** What is wrong with a tarball, seen from its file names, its manifest and its declarations; empty when nothing is. */
export const faultsOf = (
  files: readonly string[],
  manifestText: string,
  declared: Declared = nothingDeclared,
): readonly string[] => {
  const { exports, bin, dependencies } = packedManifest.parse(JSON.parse(manifestText))
  const faults: string[] = []
  for (const file of expected) if (!files.includes(file)) faults.push(`${file} is missing`)
  for (const file of files) {
    if (!allowed(file)) faults.push(`${file} does not belong in it`)
    if (/\.test\.|\/__/.test(file)) faults.push(`${file} is a test`)
  }
  for (const [entry, target] of Object.entries(exports)) {
    const targets = typeof target === 'string' ? { default: target } : target
    if ('source' in targets) faults.push(`exports["${entry}"] still has the source condition`)
    for (const path of Object.values(targets))
      if (!files.includes(path.replace(/^\.\//, '')))
        faults.push(`exports["${entry}"] names ${path}, which is not there`)
  }
  for (const [name, path] of Object.entries(bin))
    if (!files.includes(path.replace(/^\.\//, ''))) faults.push(`bin ${name} names ${path}, which is not there`)
  if (Object.keys(bin).length > 0 && !files.includes('dist/THIRD-PARTY.txt'))
    faults.push('the licences of what is bundled are missing')
  for (const [name, version] of Object.entries(dependencies))
    if (/^(workspace|catalog):/.test(version)) faults.push(`${name} is still "${version}"`)
  for (const name of untyped(declared, dependencies))
    faults.push(`its declarations import ${name}, but @types/${name} is no dependency`)
  return faults
}
