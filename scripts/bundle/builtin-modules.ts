import type { Options } from 'tsup'

/**
 * Lets a program reach Node's own modules by `require`. An `import` of one reads each of its exports, and some are made only
 * then: `node:process` brings worker threads, `node:crypto` WebCrypto, `node:fs` readline.
 */
export const builtinModules: NonNullable<Options['esbuildPlugins']>[number] = {
  name: 'builtin-modules',
  setup: (build) => {
    build.onResolve({ filter: /^node:/ }, ({ path, kind }) =>
      kind === 'import-statement' ? { path, namespace: 'builtin-modules' } : undefined,
    )
    build.onLoad({ filter: /.*/, namespace: 'builtin-modules' }, ({ path }) => ({
      contents: `module.exports = require(${JSON.stringify(path)})`,
    }))
  },
}
