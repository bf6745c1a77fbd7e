const camel = (file: string): string =>
  file.replace(/\.ts$/, '').replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())

/** The module that lists every tool of the two folders, in the order of the file names. */
export const registrySource = (catalog: readonly string[], person: readonly string[]): string =>
  [
    '// Generated from catalog/ and person/ by `pnpm gen`. Not edited by hand.',
    ...catalog.map((file) => `import ${camel(file)} from './catalog/${file}'`),
    ...person.map((file) => `import ${camel(file)} from './person/${file}'`),
    '',
    '/** Every tool that a model can call, one per file of `catalog/`. */',
    `export const catalog = [${catalog.map(camel).join(', ')}] as const`,
    '',
    '/** Every tool that only people have, by a command or a page, one per file of `person/`. */',
    `export const personTools = [${person.map(camel).join(', ')}] as const`,
    '',
  ].join('\n')
