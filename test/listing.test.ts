import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import { repository } from './repository.ts'
import { installLinks } from './support/install-links.ts'

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

  test.each([
    ['no name', { name: undefined }],
    ['a name without a namespace', { name: 'sshmcp' }],
    ['a description of more than 100 characters', { description: 'x'.repeat(101) }],
    ['a version that is no version', { version: 'latest' }],
    ['a transport that there is not', { packages: [{ ...listing.packages[0], transport: { type: 'pipe' } }] }],
    ['a package of no registry', { packages: [{ ...listing.packages[0], registryType: undefined }] }],
    ['a misspelt key', { titel: 'sshmcp' }],
  ])('%s would be seen', (_, change) => {
    expect(listingShape.safeParse({ ...listing, ...change }).success).toBe(false)
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

describe.each(['README.md', 'docs/getting-started.md'])('the buttons of %s', (page) => {
  const links = installLinks(page)

  test('are one for each editor, behind the address that hands it over to the editor', () => {
    expect(links.map(({ editor, url }) => [editor, url.origin + url.pathname, url.searchParams.get('name')])).toEqual([
      // Pages of GitHub drop links to vscode: and cursor:, so both editors have an https page that goes on to them.
      ['VS Code', 'https://insiders.vscode.dev/redirect/mcp/install', 'sshmcp'],
      ['Cursor', 'https://cursor.com/en/install-mcp', 'sshmcp'],
    ])
  })

  test.each(links)('$editor: starts the published server, and its picture is ours and says what it does', (link) => {
    const { command, args } = link.start
    expect([command, ...args]).toEqual(['npx', '-y', manifestOf('stdio-server').name])
    expect(read(link.picture)).toContain(`>Install in ${link.editor}</text>`)
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
