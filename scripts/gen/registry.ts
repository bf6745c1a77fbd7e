const camel = (file: string): string =>
  file.replace(/\.ts$/, '').replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())

/** The module that lists every tool of the catalogue folder, in the order of the file names. */
export const registrySource = (files: readonly string[]): string =>
  [
    '// Generated from catalog/ by `pnpm gen`. Not edited by hand.',
    ...files.map((file) => `import ${camel(file)} from './catalog/${file}'`),
    '',
    '/** Every tool that a model can call, one per file of `catalog/`. */',
    `export const catalog = [${files.map(camel).join(', ')}] as const`,
    '',
  ].join('\n')
