import { expect, test } from 'vitest'
import { faultsOf } from '../scripts/check/tarball-faults.ts'

const files = ['package.json', 'LICENSE', 'README.md', 'dist/index.js', 'dist/index.d.ts']
const manifest = {
  exports: { '.': { types: './dist/index.d.ts', default: './dist/index.js' } },
  dependencies: { '@sshmcp/kernel': '0.1.0' },
}

test('a good tarball has no fault', () => {
  expect(faultsOf(files, JSON.stringify(manifest))).toEqual([])
})

test.each([
  { of: 'no license', files: files.filter((file) => file !== 'LICENSE'), manifest, fault: 'LICENSE is missing' },
  { of: 'a source', files: [...files, 'src/index.ts'], manifest, fault: 'src/index.ts does not belong in it' },
  { of: 'a test', files: [...files, 'dist/a.test.js'], manifest, fault: 'dist/a.test.js is a test' },
  {
    of: 'the source condition',
    files,
    manifest: { exports: { '.': { source: './dist/index.js' } } },
    fault: 'exports["."] still has the source condition',
  },
  {
    of: 'an export without a file',
    files,
    manifest: { exports: { './testing': { default: './dist/testing/index.js' } } },
    fault: 'exports["./testing"] names ./dist/testing/index.js, which is not there',
  },
  {
    of: 'a program that was not built',
    files,
    manifest: { bin: { sshmcp: 'dist/main.js' } },
    fault: 'bin sshmcp names dist/main.js, which is not there',
  },
  {
    of: 'no licences of what is bundled',
    files,
    manifest: { bin: { sshmcp: 'dist/index.js' } },
    fault: 'the licences of what is bundled are missing',
  },
  {
    of: 'a workspace version',
    files,
    manifest: { dependencies: { zod: 'catalog:' } },
    fault: 'zod is still "catalog:"',
  },
])('a tarball with $of is at fault', ({ files, manifest, fault }) => {
  expect(faultsOf(files, JSON.stringify(manifest))).toContain(fault)
})

test('a tarball whose declarations name a package without types is at fault', () => {
  const declared = { declarations: "import { Client } from 'ssh2';", typesApart: ['ssh2'] }
  const withTypes = { ...manifest, dependencies: { ...manifest.dependencies, '@types/ssh2': '^1.15.6' } }
  expect(faultsOf(files, JSON.stringify(manifest), declared)).toEqual([
    'its declarations import ssh2, but @types/ssh2 is no dependency',
  ])
  expect(faultsOf(files, JSON.stringify(withTypes), declared)).toEqual([])
})
