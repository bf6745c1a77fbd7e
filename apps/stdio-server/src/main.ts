#!/usr/bin/env node
import { homedir, userInfo } from 'node:os'
import { parseArgs } from 'node:util'
import { runStdio } from '@sshmcp/mcp'
import { openRuntime } from '@sshmcp/runtime'
import manifest from '../package.json' with { type: 'json' }

const usage = 'usage: sshmcp-stdio [--config-dir PATH] [--version] [--help]'

function log(line: string): void {
  process.stderr.write(`sshmcp: ${line}\n`)
}

function options(): { readonly configDir?: string; readonly version: boolean; readonly help: boolean } {
  const { values } = parseArgs({
    options: {
      'config-dir': { type: 'string' },
      version: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  })
  const { 'config-dir': configDir, version, help } = values
  return { version, help, ...(configDir === undefined ? {} : { configDir }) }
}

async function main(): Promise<number> {
  const { version } = manifest
  const { configDir, version: wantsVersion, help } = options()
  if (wantsVersion || help) {
    process.stdout.write(`${help ? usage : version}\n`)
    return 0
  }
  const surroundings = {
    env: process.env,
    cwd: process.cwd(),
    homeDir: homedir(),
    login: userInfo().username,
    ...(configDir === undefined ? {} : { configDir }),
  }
  return runStdio({ version, log, open: () => openRuntime(surroundings, { version, log }) })
}

try {
  // Not by exitCode alone: a connection that is slow to close must not keep a server that nobody speaks to.
  process.exit(await main())
} catch (error) {
  const isUsage = error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')
  log(isUsage ? `${error.message} ${usage}` : error instanceof Error ? (error.stack ?? error.message) : String(error))
  process.exit(isUsage ? 2 : 1)
}
