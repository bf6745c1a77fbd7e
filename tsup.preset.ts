import { defineConfig, type Options } from 'tsup'
import { builtinModules } from './scripts/bundle/builtin-modules.ts'
import { launcher } from './scripts/bundle/launcher.ts'
import { pureSchemas } from './scripts/bundle/pure-schemas.ts'
import { thirdParty } from './scripts/bundle/third-party.ts'

/** One home for the bundler: its successor is a change in this file. */
const shared: Options = {
  format: 'esm',
  target: 'node20',
  platform: 'node',
  sourcemap: false,
  clean: true,
  silent: true,
  treeshake: true,
  removeNodeProtocol: false,
}

/** A library: its own code, dependencies left as imports, declarations beside. */
export const library = (
  entry: Record<string, string> = { index: 'src/index.ts', 'testing/index': 'src/testing/index.ts' },
) => defineConfig({ ...shared, entry, dts: true })

/** A library that nobody outside the workspace installs: no declarations needed. */
export const internal = (entry: Record<string, string> = { index: 'src/index.ts' }) =>
  defineConfig({ ...shared, entry, dts: false })

/** zod brings its messages in fifty languages, half a megabyte to parse at every start; ours are English. */
const englishZod: NonNullable<Options['esbuildPlugins']>[number] = {
  name: 'english-zod',
  setup: (build) => {
    build.onLoad({ filter: /[\\/]zod[\\/]v4[\\/]locales[\\/]index\.js$/ }, () => ({
      contents: "export { default as en } from './en.js'",
    }))
  },
}

/**
 * Where zod is also reached by an `import()`, esbuild starts its modules by hand. It would leave zod's own entry out as free of
 * effects, and with it the call that starts the rest: a program ends at its first schema.
 */
const startedZod: NonNullable<Options['esbuildPlugins']>[number] = {
  name: 'started-zod',
  setup: (build) => {
    build.onResolve({ filter: /^zod$/ }, async ({ path, pluginData, ...where }) => {
      if (pluginData === startedZod.name) return undefined
      const found = await build.resolve(path, { ...where, pluginData: startedZod.name })
      return { ...found, sideEffects: true }
    })
  },
}

/** The SDK's servers and clients are given a validator of ours (packages/mcp): its default one stays outside. */
const withoutAjv: NonNullable<Options['esbuildPlugins']>[number] = {
  name: 'without-ajv',
  setup: (build) => {
    build.onLoad({ filter: /[\\/]validation[\\/]ajv-provider\.js$/ }, () => ({
      contents: "export class AjvJsonSchemaValidator { constructor() { throw new Error('no validator was given') } }",
    }))
  },
}

/**
 * A program: program.js, one file that starts fast, and index.js, which starts it where Node is new enough. Everything is inside
 * but ssh2, which stays a dependency and is imported at the first connection (`await import('ssh2')`). Its script is `bundle`, not
 * `build`: it waits for no package.
 * The banner gives bundled CommonJS its `require`; the shebang of the entry stays first.
 */
export const app = (entry: Record<string, string> = { program: 'src/main.ts' }) =>
  defineConfig({
    ...shared,
    entry,
    dts: false,
    splitting: false,
    minify: true,
    // Rollup's second pass costs seconds on a bundle and saves nothing that esbuild has not dropped.
    treeshake: false,
    external: ['ssh2'],
    // Workspace packages are read as sources, so that a program is built in a second, without building them first.
    esbuildOptions: (options) => {
      options.conditions = ['source', 'module']
    },
    esbuildPlugins: [englishZod, startedZod, withoutAjv, pureSchemas, builtinModules, thirdParty, launcher],
    noExternal: [/^(?!ssh2$)/],
    // Named so that an entry which imports createRequire itself does not collide with it.
    banner: {
      js: "import { createRequire as bundleRequire } from 'node:module';const require = bundleRequire(import.meta.url);",
    },
  })

/** An editor's extension: one CommonJS file, since not every editor of the family loads modules; `vscode` is the editor itself. */
export const editorExtension = (entry: Record<string, string> = { extension: 'src/main.ts' }) =>
  defineConfig({
    ...shared,
    format: 'cjs',
    entry,
    dts: false,
    splitting: false,
    minify: true,
    treeshake: false,
    external: ['vscode'],
  })
