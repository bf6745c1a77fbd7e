import type { ToolSchemas } from '@sshmcp/pipeline'

const camel = (file: string): string =>
  file.replace(/\.ts$/, '').replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())

const withSchemas = (file: string): string => `{ ...${camel(file)}, schemas: schemas.${camel(file)} }`

/** The module that lists every tool of the two folders, in the order of the file names. */
export const registrySource = (catalog: readonly string[], person: readonly string[]): string =>
  [
    '// Generated from catalog/ and person/ by `pnpm gen`. Not edited by hand.',
    ...catalog.map((file) => `import ${camel(file)} from './catalog/${file}'`),
    ...person.map((file) => `import ${camel(file)} from './person/${file}'`),
    "import { schemas } from './schemas.generated.ts'",
    '',
    '/** Every tool that a model can call, one per file of `catalog/`. */',
    `export const catalog = [${catalog.map(withSchemas).join(', ')}] as const`,
    '',
    '/** Every tool that only people have, by a command or a page, one per file of `person/`. */',
    `export const personTools = [${person.map(camel).join(', ')}] as const`,
    '',
  ].join('\n')

/** The module with what `tools/list` says of each tool's input and output, by the name of its file. */
export const schemasSource = (schemas: readonly (readonly [file: string, schemas: ToolSchemas])[]): string =>
  [
    '// Generated from catalog/ by `pnpm gen`. Not edited by hand.',
    `export const schemas = ${JSON.stringify(Object.fromEntries(schemas.map(([file, own]) => [camel(file), own])))}`,
    '',
  ].join('\n')
