import { kernelErrors, nearest, Secret } from '@sshmcp/kernel'

/** The process environment, or a part of it in tests. */
export type Environment = Readonly<Record<string, string | undefined>>

const confirmations = ['auto', 'client', 'elicit'] as const

/** Everything that `SSH_MCP_*` variables say, parsed, with defaults put in. */
export type Settings = ReturnType<typeof parseEnvironment>

type Parse<T> = (text: string, name: string) => T

const text: Parse<string> = (value) => value

const boolean: Parse<boolean> = (value, name) => {
  if (value === 'true' || value === '1') return true
  if (value === 'false' || value === '0') return false
  throw invalid(name, `${JSON.stringify(value)} is not a boolean.`, 'Use true, false, 1 or 0.')
}

function integer(least: number, most: number): Parse<number> {
  return (value, name) => {
    const number = /^\d{1,12}$/.test(value) ? Number(value) : Number.NaN
    if (number >= least && number <= most) return number
    throw invalid(
      name,
      `${JSON.stringify(value)} is not a whole number from ${least} to ${most}.`,
      'Correct or unset it.',
    )
  }
}

function oneOf<const T extends string>(values: readonly T[]): Parse<T> {
  return (value, name) => {
    const found = values.find((candidate) => candidate === value)
    if (found !== undefined) return found
    throw invalid(name, `${JSON.stringify(value)} is none of ${values.join(', ')}.`, 'Correct or unset it.')
  }
}

function invalid(name: string, message: string, next: string) {
  return kernelErrors.error('CONFIG_INVALID', {
    message: `Environment variable ${name}: ${message}`,
    next,
    field: name,
  })
}

/** Reads every variable of the contract. @throws CONFIG_INVALID for a bad value and for an unknown `SSH_MCP_*` name */
export function parseEnvironment(env: Environment) {
  const names: string[] = []
  const read = <T, D>(name: string, parse: Parse<T>, fallback: D): T | D => {
    names.push(name)
    const value = env[name]
    return value === undefined || value === '' ? fallback : parse(value, name)
  }
  const settings = {
    configDir: read('SSH_MCP_CONFIG_DIR', text, undefined),
    hostsFile: read('SSH_MCP_HOSTS_FILE', text, undefined),
    templatesFile: read('SSH_MCP_TEMPLATES_FILE', text, undefined),
    auditLogDir: read('SSH_MCP_AUDIT_LOG_DIR', text, undefined),
    certDataDir: read('SSH_MCP_CERT_DATA_DIR', text, undefined),
    approvalDataDir: read('SSH_MCP_APPROVAL_DATA_DIR', text, undefined),
    transferDir: read('SSH_MCP_TRANSFER_DIR', text, undefined),
    maxSessions: read('SSH_MCP_MAX_SESSIONS', integer(1, 1000), 10),
    sessionIdleTimeoutSeconds: read('SSH_MCP_SESSION_IDLE_TIMEOUT', integer(1, 86_400), 300),
    keepaliveIntervalSeconds: read('SSH_MCP_KEEPALIVE_INTERVAL', integer(0, 3600), 15),
    keepaliveCountMax: read('SSH_MCP_KEEPALIVE_COUNT_MAX', integer(1, 100), 3),
    maxBackgroundJobs: read('SSH_MCP_MAX_BACKGROUND_JOBS', integer(1, 1000), 10),
    outputMaxBytes: read('SSH_MCP_OUTPUT_MAX_BYTES', integer(1024, 16_777_216), 65_536),
    jobOutputMaxBytes: read('SSH_MCP_JOB_OUTPUT_MAX_BYTES', integer(1024, 268_435_456), 1_048_576),
    jobTtlSeconds: read('SSH_MCP_JOB_TTL_SECONDS', integer(1, 604_800), 3600),
    httpHost: read('SSH_MCP_HOST', text, '127.0.0.1'),
    httpPort: read('SSH_MCP_PORT', integer(0, 65_535), 8022),
    transferPolicy: read('SSH_MCP_TRANSFER_POLICY', text, undefined),
    keyPolicy: read('SSH_MCP_KEY_POLICY', text, undefined),
    rateLimits: read('SSH_MCP_RATE_LIMITS', text, undefined),
    knownHostsFile: read('SSH_MCP_SSH_KNOWN_HOSTS_FILE', text, undefined),
    requiresTwoPartyApproval: read('SSH_MCP_REQUIRE_TWO_PARTY_APPROVAL', boolean, true),
    authToken: read('SSH_MCP_AUTH_TOKEN', (value) => new Secret(value), undefined),
    authTokenFile: read('SSH_MCP_AUTH_TOKEN_FILE', text, undefined),
    connectTimeoutSeconds: read('SSH_MCP_SSH_TIMEOUT_SECONDS', integer(1, 600), 30),
    isReadOnly: read('SSH_MCP_READ_ONLY', boolean, false),
    confirmation: read('SSH_MCP_CONFIRMATION', oneOf(confirmations), 'auto'),
    approvalNotify: read('SSH_MCP_APPROVAL_NOTIFY', text, undefined),
    caPassphraseFile: read('SSH_MCP_CA_PASSPHRASE_FILE', text, undefined),
    serverName: read('SSH_MCP_SERVER_NAME', text, 'ssh-mcp-server'),
    agentSocket: env.SSH_AUTH_SOCK === '' ? undefined : env.SSH_AUTH_SOCK,
  }
  refuseUnknown(env, names)
  return settings
}

function refuseUnknown(env: Environment, names: readonly string[]): void {
  for (const name of Object.keys(env)) {
    if (!name.startsWith('SSH_MCP_') || names.includes(name)) continue
    const candidates = nearest(name, names)
    const hint =
      candidates.length === 0 ? 'Unset it.' : `Did you mean ${candidates.join(' or ')}? Correct it and start again.`
    throw kernelErrors.error('CONFIG_INVALID', {
      message: `Environment variable ${name} is not known.`,
      next: hint,
      field: name,
      candidates,
    })
  }
}
