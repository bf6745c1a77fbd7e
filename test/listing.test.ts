import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import { repository } from './repository.ts'

const read = (path: string): string => readFileSync(join(repository, path), 'utf8')
const manifestOf = (app: string) => JSON.parse(read(`apps/${app}/package.json`))

/** What the registry's schema of 2025-12-11 asks of the parts that we use; stricter, in that nothing else may stand there. */
const url = z.url({ protocol: /^https$/ })
const variable = z.strictObject({
  name: z.string(),
  description: z.string().optional(),
  format: z.enum(['string', 'number', 'boolean', 'filepath']).optional(),
  default: z.string().optional(),
  isRequired: z.boolean().optional(),
  isSecret: z.boolean().optional(),
})
const version = z
  .string()
  .regex(/^\d+\.\d+\.\d+(-[0-9a-z.]+)?$/, 'a version, not a range')
  .max(255)
const listingShape = z.strictObject({
  $schema: z.literal('https://static.modelcontextprotocol.io/schemas/2025-12-11/server.schema.json'),
  name: z
    .string()
    .min(3)
    .max(200)
    .regex(/^[a-zA-Z0-9.-]+\/[a-zA-Z0-9._-]+$/),
  title: z.string().min(1).max(100),
  description: z.string().min(1).max(100),
  version,
  repository: z.strictObject({ url, source: z.literal('github'), subfolder: z.string().regex(/^[a-z][a-z/-]*$/) }),
  packages: z.array(
    z.strictObject({
      registryType: z.literal('npm'),
      registryBaseUrl: url,
      identifier: z.string(),
      version,
      runtimeHint: z.string(),
      transport: z.strictObject({ type: z.literal('stdio') }),
      environmentVariables: z.array(variable),
    }),
  ),
})

describe('server.json', () => {
  const listing = listingShape.parse(JSON.parse(read('server.json')))
  const server = manifestOf('stdio-server')

  test('lists the server that npm has under that name, in that version', () => {
    expect(listing.packages.map(({ identifier }) => identifier)).toEqual([server.name])
    expect([listing.version, ...listing.packages.map((one) => one.version)]).toEqual([server.version, server.version])
    expect(server.mcpName).toBe(listing.name)
  })

  test('points into this repository', () => {
    expect(`git+${listing.repository.url}.git`).toBe(server.repository.url)
    expect(listing.repository.subfolder).toBe(server.repository.directory)
  })

  test('names variables that the server reads', () => {
    const known = read('packages/runtime/src/environment.ts')
    for (const { name } of listing.packages.flatMap((one) => one.environmentVariables)) expect(known).toContain(name)
  })
})

describe('install links', () => {
  const start = { type: 'stdio', command: 'npx', args: ['-y', '@sshmcp/stdio-server'] }
  const { type: _, ...portable } = start
  const links = {
    'VS Code': `https://insiders.vscode.dev/redirect/mcp/install?name=sshmcp&config=${encodeURIComponent(JSON.stringify(start))}`,
    Cursor: `https://cursor.com/en/install-mcp?name=sshmcp&config=${encodeURIComponent(Buffer.from(JSON.stringify(portable)).toString('base64'))}`,
  }

  test.each(Object.entries(links))('the one for %s starts the published server', (_editor, link) => {
    for (const page of ['README.md', 'docs/getting-started.md']) expect(read(page)).toContain(`(${link})`)
  })

  test('name the package that is published', () => {
    expect(start.args).toContain(manifestOf('stdio-server').name)
  })
})

describe('the workflows', () => {
  test('run on both Nodes that are served', () => {
    expect(read('.github/workflows/ci.yml')).toContain('node: [20, 24]')
  })

  test('publish with provenance, by scripts that are there', () => {
    const release = read('.github/workflows/release.yml')
    expect(release).toContain('id-token: write')
    expect(release).toMatch(/NPM_CONFIG_PROVENANCE: .true./)
    const { scripts } = JSON.parse(read('package.json'))
    const used = [...release.matchAll(/pnpm (check|release:[a-z]+)/g)].flatMap(([, name]) => name ?? [])
    expect(used).toEqual(['check', 'release:version', 'release:publish'])
    for (const name of used) expect(scripts).toHaveProperty([name])
  })
})
