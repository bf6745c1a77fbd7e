/** Writes what is derived from the sources: the registry of tools and their JSON schemas, docs/tools.md, docs/errors.md, the README's table of tools. */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { schemasOf } from '@sshmcp/pipeline'
import * as z from 'zod'
import { type Codes, errorsPage } from './gen/errors-page.ts'
import { readmeWithTools } from './gen/readme.ts'
import { registrySource, schemasSource } from './gen/registry.ts'
import { type ListedTool, toolsPage } from './gen/tools-page.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const catalogFolder = join(root, 'packages/tools/src/catalog')
const personFolder = join(root, 'packages/tools/src/person')

const load = async (path: string): Promise<object> => {
  const module: unknown = await import(pathToFileURL(path).href)
  if (typeof module !== 'object' || module === null) throw new Error(`${path} is no module`)
  return module
}

const toolShape = z.object({
  name: z.string(),
  title: z.string(),
  description: z.string(),
  risk: z.enum(['low', 'medium', 'high']),
  input: z.instanceof(z.ZodObject),
  output: z.instanceof(z.ZodObject),
})

const codesShape = z.object({
  table: z.record(z.string(), z.object({ when: z.string(), retry: z.enum(['no', 'yes', 'later']), next: z.string() })),
})

const loadTool = async (file: string): Promise<ListedTool> => {
  const module = await load(join(catalogFolder, file))
  const tool = toolShape.safeParse('default' in module ? module.default : undefined)
  if (!tool.success) throw new Error(`catalog/${file} has no tool as its default export`, { cause: tool.error })
  return tool.data
}

const loadCodes = async (name: string): Promise<readonly Codes[]> => {
  const path = join(root, 'packages', name, 'src/errors.ts')
  if (!existsSync(path)) return []
  const families = Object.values(await load(path)).map((value) => codesShape.safeParse(value))
  const tables = families.flatMap(({ data }) => (data === undefined ? [] : [data.table]))
  if (tables.length === 0) throw new Error(`packages/${name}/src/errors.ts exports no table of codes`)
  return [{ name, table: Object.assign({}, ...tables) }]
}

const formatted = (source: string): string =>
  execFileSync(join(root, 'node_modules/.bin/biome'), ['format', '--stdin-file-path=registry.ts'], {
    cwd: root,
    input: source,
    encoding: 'utf8',
  })

const write = (path: string, text: string): void => {
  const target = join(root, path)
  if (existsSync(target) && readFileSync(target, 'utf8') === text) return
  mkdirSync(dirname(target), { recursive: true })
  writeFileSync(target, text)
  console.log(`wrote ${path}`)
}

const inOrder = (folder: string): readonly string[] => (existsSync(folder) ? readdirSync(folder).sort() : [])

const toolFiles = (folder: string): readonly string[] =>
  inOrder(folder).filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))

const tools = toolFiles(catalogFolder)
write('packages/tools/src/registry.generated.ts', formatted(registrySource(tools, toolFiles(personFolder))))
const listed = await Promise.all(tools.map(loadTool))
const schemas = listed.map((tool, index) => [tools[index] ?? '', schemasOf(tool)] as const)
write('packages/tools/src/schemas.generated.ts', formatted(schemasSource(schemas)))
write('docs/tools.md', toolsPage(listed))
write('README.md', readmeWithTools(readFileSync(join(root, 'README.md'), 'utf8'), listed))
const codes = await Promise.all(inOrder(join(root, 'packages')).map(loadCodes))
write('docs/errors.md', errorsPage(codes.flat()))
