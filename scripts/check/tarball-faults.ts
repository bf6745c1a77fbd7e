import * as z from 'zod'

const packedManifest = z.object({
  exports: z.record(z.string(), z.union([z.string(), z.record(z.string(), z.string())])).default({}),
  bin: z.record(z.string(), z.string()).default({}),
  dependencies: z.record(z.string(), z.string()).default({}),
})

const expected = ['package.json', 'LICENSE', 'README.md']
const allowed = (file: string): boolean =>
  expected.includes(file) || file === 'CHANGELOG.md' || file.startsWith('dist/')

/** What is wrong with a tarball, seen from its file names and its manifest; empty when nothing is. */
export const faultsOf = (files: readonly string[], manifestText: string): readonly string[] => {
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
  return faults
}
