#!/usr/bin/env node
import { homedir, userInfo } from 'node:os'
import { parseArgs } from 'node:util'
import { isSshMcpError } from '@sshmcp/kernel'
import manifest from '../package.json' with { type: 'json' }
import { runHttp } from './run-http.ts'

const usage = 'usage: sshmcp-http [--config-dir PATH] [--dev] [--behind-proxy] [--version] [--help]'

function log(line: string): void {
  process.stderr.write(`sshmcp: ${line}\n`)
}

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      'config-dir': { type: 'string' },
      dev: { type: 'boolean', default: false },
      'behind-proxy': { type: 'boolean', default: false },
      version: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  })
  const { version } = manifest
  if (values.version || values.help) {
    process.stdout.write(`${values.help ? usage : version}\n`)
    return 0
  }
  const configDir = values['config-dir']
  const surroundings = {
    env: process.env,
    cwd: process.cwd(),
    homeDir: homedir(),
    login: userInfo().username,
    ...(configDir === undefined ? {} : { configDir }),
  }
  const flags = { isDev: values.dev, isBehindProxy: values['behind-proxy'] }
  const access = (line: string): void => void process.stdout.write(`${line}\n`)
  return runHttp({ surroundings, flags, version, log, access })
}

try {
  // Not by exitCode alone: a stream that a client holds open must not keep a server that was told to stop.
  process.exit(await main())
} catch (error) {
  const isUsage = error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')
  if (isSshMcpError(error)) log(`${error.message} ${error.next}`)
  else if (isUsage) log(`${error.message} ${usage}`)
  else log(error instanceof Error ? (error.stack ?? error.message) : String(error))
  process.exit(isUsage || isSshMcpError(error) ? 2 : 1)
}
