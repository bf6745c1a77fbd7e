/** Puts the version of the published server into server.json, for the registry of MCP servers. Part of `pnpm release:version`. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './check/step.ts'

const target = join(root, 'server.json')
const { version } = JSON.parse(readFileSync(join(root, 'apps/stdio-server/package.json'), 'utf8'))
const listing = JSON.parse(readFileSync(target, 'utf8'))
const packages = listing.packages.map((one: object) => ({ ...one, version }))
writeFileSync(target, `${JSON.stringify({ ...listing, version, packages }, null, 2)}\n`)
