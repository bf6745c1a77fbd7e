import { join } from 'node:path'
import { kernelErrors } from '@sshmcp/kernel'
import type { Config } from '../config.ts'
import type { Settings } from '../environment.ts'
import { type HttpSettings, isLoopback, parseHttp } from '../http-file.ts'
import { ConfigFiles } from './config-files.ts'
import { readConfiguration, type Surroundings } from './load-config.ts'

/** How the HTTP server was started. */
export interface HttpFlags {
  /** One random token, made at the start, for trying things out on this machine. */
  readonly isDev: boolean
  /** Somebody in front of us ends TLS and forwards to us. */
  readonly isBehindProxy: boolean
}

/** Configuration of the HTTP server. */
export interface HttpConfig extends Config {
  readonly http: HttpSettings & { readonly publicUrl: string; readonly trustedProxyHops: number }
}

/** Reads files and environment for the HTTP server. @throws CONFIG_INVALID naming place and cure */
export function loadHttpConfig(surroundings: Surroundings, flags: HttpFlags): HttpConfig {
  const config = readConfiguration(surroundings)
  const files = new ConfigFiles()
  const file = files.optional(join(config.places.configDir, 'http.json'))
  const http = parseHttp(file ?? { text: '{}', source: 'http.json' })
  refuseOwnToken(config)
  refuseOpenAddress(config, flags)
  requireCallers(config, http, flags)
  return {
    ...config,
    files: [...config.files, ...files.read],
    http: {
      ...http,
      publicUrl: http.publicUrl ?? ownUrl(config.settings),
      trustedProxyHops: http.trustedProxyHops ?? (flags.isBehindProxy ? 1 : 0),
    },
  }
}

/** The configuration of a server that listens on that port: with `SSH_MCP_PORT=0` only now it is known where it is. */
export function boundTo(config: HttpConfig, port: number): HttpConfig {
  const { http, settings } = config
  if (http.publicUrl !== ownUrl(settings)) return config
  return { ...config, http: { ...http, publicUrl: ownUrl({ ...settings, httpPort: port }) } }
}

function ownUrl({ httpHost, httpPort }: Pick<Settings, 'httpHost' | 'httpPort'>): string {
  return `http://${httpHost.includes(':') ? `[${httpHost}]` : httpHost}:${httpPort}`
}

function refuseOwnToken({ settings }: Config): void {
  for (const [name, value] of Object.entries({
    SSH_MCP_AUTH_TOKEN: settings.authToken,
    SSH_MCP_AUTH_TOKEN_FILE: settings.authTokenFile,
  })) {
    if (value === undefined) continue
    throw invalid(
      `${name} is set, but over HTTP each request brings its own token.`,
      `Unset ${name}; clients send the token as "Authorization: Bearer …".`,
      name,
    )
  }
}

function refuseOpenAddress({ settings }: Config, { isDev, isBehindProxy }: HttpFlags): void {
  const { httpHost } = settings
  if (isDev && (isBehindProxy || !isLoopback(httpHost))) {
    throw invalid('--dev serves this machine alone.', 'Leave out --behind-proxy and SSH_MCP_HOST, or --dev.')
  }
  if (isLoopback(httpHost) || isBehindProxy) return
  throw invalid(
    `SSH_MCP_HOST=${httpHost} is not an address of this machine alone, and tokens would cross the network unencrypted.`,
    'Put a reverse proxy with TLS in front and say --behind-proxy, or unset SSH_MCP_HOST.',
    'SSH_MCP_HOST',
  )
}

function requireCallers({ identities, places }: Config, { jwt }: HttpSettings, { isDev }: HttpFlags): void {
  const hasCallers = identities.length > 0 || jwt !== undefined
  if (isDev && hasCallers) {
    throw invalid(
      'There are identities or an issuer of tokens, so --dev, whose one caller has every role, is not for this configuration.',
      'Start without --dev and use a token of `sshmcp identities add NAME --roles …`.',
    )
  }
  if (isDev || hasCallers) return
  throw invalid(
    `Nobody could call: ${places.identitiesFile} has no identity and http.json no jwt section.`,
    'Make the first identity: sshmcp identities add NAME --roles operator,admin. To try things out on this machine: --dev.',
  )
}

function invalid(message: string, next: string, field?: string) {
  return kernelErrors.error('CONFIG_INVALID', { message, next, ...(field === undefined ? {} : { field }) })
}
