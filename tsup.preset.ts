import { defineConfig, type Options } from 'tsup'

/** One home for the bundler: its successor is a change in this file. */
const shared: Options = {
  format: 'esm',
  target: 'node20',
  platform: 'node',
  sourcemap: false,
  clean: true,
  silent: true,
  treeshake: true,
}

/** A library: its own code, dependencies left as imports, declarations beside. */
export const library = (
  entry: Record<string, string> = { index: 'src/index.ts', 'testing/index': 'src/testing/index.ts' },
) => defineConfig({ ...shared, entry, dts: true })

/** A library that nobody outside the workspace installs: no declarations needed. */
export const internal = (entry: Record<string, string> = { index: 'src/index.ts' }) =>
  defineConfig({ ...shared, entry, dts: false })
