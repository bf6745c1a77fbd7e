import type { Options } from 'tsup'

/**
 * Lets a program reach what it uses of Node's own modules, and nothing else of them. An `import` of one reads each of its
 * exports, and some are made only then: `node:process` brings worker threads, `node:crypto` WebCrypto, `node:fs` readline.
 */
export const builtinModules: NonNullable<Options['esbuildPlugins']>[number] = {
  name: 'builtin-modules',
  setup: (build) => {
    build.onResolve({ filter: /^node:/ }, ({ path, kind }) =>
      kind === 'import-statement' ? { path, namespace: 'builtin-modules' } : undefined,
    )
    build.onLoad({ filter: /.*/, namespace: 'builtin-modules' }, async ({ path }) => ({
      contents: source(path, Object.keys(await import(path))),
    }))
  },
}

/** Each export by itself, marked as free of effects: those that nobody imports are left out. */
const source = (path: string, names: readonly string[]): string =>
  [
    `const all = require(${JSON.stringify(path)})`,
    'export default all',
    ...names
      .filter((name) => name !== 'default' && /^\w+$/.test(name))
      .map((name) => `export const ${name} = /* @__PURE__ */ (() => all.${name})()`),
  ].join('\n')
