import { hostIdPattern } from '@sshmcp/kernel'
import { type FlatConfig, flatten, type SshConfigFile, settingsFor } from './ssh-config-rules.ts'

export type { SshConfigFile } from './ssh-config-rules.ts'

/** A host as hosts.json has it: the keys that an OpenSSH configuration can fill. */
export interface ImportedHost {
  readonly host_id: string
  readonly hostname: string
  readonly port: number
  /** '' leaves it to the account that runs the server. */
  readonly ssh_user: string
  readonly identity_file?: string
  readonly proxy_jump?: string
}

/** Something that the import could not honour, for a person to read. */
export interface ImportRemark {
  /** The host it is about, or '' for the file. */
  readonly host: string
  readonly message: string
}

/** What a configuration of OpenSSH gives: hosts, and what could not be taken over. */
export interface SshConfigImport {
  readonly hosts: readonly ImportedHost[]
  readonly remarks: readonly ImportRemark[]
}

/** What a configuration is read from; no file is opened. */
export interface SshConfigOptions {
  /** The configuration itself, such as `~/.ssh/config`. */
  readonly file: SshConfigFile
  /** The files that an `Include` names, in order; [] for none. */
  readonly include: (pattern: string) => readonly SshConfigFile[]
  /** For `%u`, the account that runs the server. */
  readonly localUser: string
  /** The host_ids that there are already: they stay as they are, and are gone through where a ProxyJump names them. */
  readonly present?: readonly string[]
}

/**
 * Turns an OpenSSH client configuration into hosts, as `ssh` would connect to each name that a `Host` line spells out. Pure:
 * it reads no file and runs nothing (a `Match exec` is never run). What cannot be honoured is said, and a host that could not
 * be reached without it is left out.
 */
export function importSshConfig(options: SshConfigOptions): SshConfigImport {
  const remarks: ImportRemark[] = []
  const config = flatten(options.file, options.include, (message) => remarks.push({ host: '', message }))
  const hosts = new Map<string, ImportedHost>()
  const present = options.present ?? []
  for (const alias of config.aliases) {
    if (present.includes(alias)) {
      remarks.push({ host: alias, message: 'There is a host of that name already; it stays as it is.' })
      continue
    }
    const made = importOne(alias, config, options, (message) => remarks.push({ host: alias, message }))
    for (const host of made) if (!hosts.has(host.host_id)) hosts.set(host.host_id, host)
  }
  dropUnreachable(hosts, present, (host, message) => remarks.push({ host, message }))
  return { hosts: [...hosts.values()], remarks }
}

/** A host whose jump was left out, or leads back to it, cannot be reached either. */
function dropUnreachable(
  hosts: Map<string, ImportedHost>,
  present: readonly string[],
  remark: (host: string, message: string) => void,
): void {
  for (const { host_id } of [...hosts.values()]) {
    const seen = new Set<string>()
    let at = hosts.get(host_id)
    while (at?.proxy_jump !== undefined && !present.includes(at.proxy_jump) && !seen.has(at.host_id)) {
      seen.add(at.host_id)
      at = hosts.get(at.proxy_jump)
    }
    if (at !== undefined && !seen.has(at.host_id)) continue
    hosts.delete(host_id)
    remark(host_id, 'Its ProxyJump leads to a host that was left out, or in a circle; the host was left out.')
  }
}

type Remark = (message: string) => void

/** What a host needs and we do not do: without it, it would be another host or none. */
const unreachable = ['ProxyCommand', 'ProxyUseFdpass', 'CanonicalizeHostname'] as const
/** How each of them is switched off. */
const off = [undefined, 'none', 'no']

/** What is done another way here, with the words for it. */
const different: readonly (readonly [string, (value: string) => boolean, string])[] = [
  ['userknownhostsfile', () => true, 'UserKnownHostsFile is one for all hosts here: set SSH_MCP_SSH_KNOWN_HOSTS_FILE.'],
  ['stricthostkeychecking', (value) => value !== 'yes' && value !== 'ask', 'StrictHostKeyChecking is always yes here.'],
  [
    'hostkeyalias',
    () => true,
    'HostKeyAlias is not known here: trust the key under the host name, or pin its fingerprint.',
  ],
  ['certificatefile', () => true, 'CertificateFile is not read.'],
  ['identityagent', () => true, 'IdentityAgent is not read: the agent is that of SSH_AUTH_SOCK.'],
  ['pkcs11provider', () => true, 'PKCS11Provider is not read: load the token into the agent.'],
  [
    'identitiesonly',
    (value) => value === 'yes',
    'IdentitiesOnly: the identity file goes first, but other keys follow when it is refused.',
  ],
]

function importOne(
  alias: string,
  config: FlatConfig,
  options: SshConfigOptions,
  remark: Remark,
): readonly ImportedHost[] {
  if (!hostIdPattern.test(alias)) {
    remark(`The name cannot be a host_id (${hostIdPattern.source}); it was left out.`)
    return []
  }
  const settings = settingsFor(alias, config)
  const stopper = unreachable.find((name) => !off.includes(settings.first(name.toLowerCase())?.toLowerCase()))
  if (stopper !== undefined) {
    remark(`${stopper} is not supported; the host was left out.`)
    return []
  }
  for (const [name, matters, message] of different) {
    const value = settings.first(name)
    if (value !== undefined && matters(value.toLowerCase())) remark(message)
  }
  const host = hostFrom(alias, config, options, remark)
  const jump = settings.first('proxyjump')
  if (jump === undefined || jump.toLowerCase() === 'none') return [host]
  const way = jumpHosts(alias, jump, config, options)
  if (way === undefined) {
    remark(`ProxyJump ${jump} is not understood; the host was left out.`)
    return []
  }
  return [...way.made, { ...host, proxy_jump: way.last }]
}

/** The host without its jump. */
function hostFrom(alias: string, config: FlatConfig, options: SshConfigOptions, remark: Remark): ImportedHost {
  const settings = settingsFor(alias, config)
  const hostname = (settings.first('hostname') ?? '%h').replaceAll('%h', alias).replaceAll('%%', '%')
  const port = Number(settings.first('port') ?? 22)
  const user = settings.first('user') ?? ''
  if (!Number.isInteger(port) || port < 1 || port > 65_535) remark('Port is no port number; 22 was taken.')
  const host = {
    host_id: alias,
    hostname,
    port: Number.isInteger(port) && port >= 1 && port <= 65_535 ? port : 22,
    ssh_user: user,
  }
  const files = settings.all('identityfile').filter((file) => file.toLowerCase() !== 'none')
  if (files.length > 1) remark(`Only the first IdentityFile is taken, not ${files.slice(1).join(', ')}.`)
  const file = files[0] === undefined ? undefined : expand(files[0], alias, host, options.localUser)
  if (files[0] !== undefined && file === undefined)
    remark(`IdentityFile ${files[0]} has a token that is not known here.`)
  return file === undefined ? host : { ...host, identity_file: file }
}

/** `%` tokens of ssh_config(5) that have a meaning for a key file. */
function expand(file: string, alias: string, host: ImportedHost, localUser: string): string | undefined {
  const tokens: Readonly<Record<string, string>> = {
    '%': '%',
    d: '~',
    h: host.hostname,
    n: alias,
    p: String(host.port),
    r: host.ssh_user === '' ? localUser : host.ssh_user,
    u: localUser,
  }
  let isKnown = !file.includes('$' + '{')
  const expanded = file.replace(/%(.)/g, (_whole, token: string) => {
    const value = tokens[token]
    if (value === undefined) isKnown = false
    return value ?? ''
  })
  return isKnown ? expanded : undefined
}

/** The hosts that a ProxyJump needs beside those that have names, and the last one to go through. */
interface Way {
  readonly made: readonly ImportedHost[]
  readonly last: string
}

/** `ProxyJump a,user@b:2222`: first hop first. A hop that is said in full, or that follows another, becomes a host of its own. */
function jumpHosts(alias: string, jump: string, config: FlatConfig, options: SshConfigOptions): Way | undefined {
  const made: ImportedHost[] = []
  let last: string | undefined
  for (const [index, hop] of jump.split(',').entries()) {
    const match = /^(?:ssh:\/\/)?(?:([^@\s]+)@)?(\[[^\]\s]+\]|[^:@\s]+)(?::(\d{1,5}))?$/.exec(hop.trim())
    const name = match?.[2]?.replace(/^\[|\]$/g, '')
    if (match === null || name === undefined) return undefined
    const isSaidInFull = match[1] !== undefined || match[3] !== undefined
    if (last === undefined && !isSaidInFull && config.aliases.includes(name)) {
      last = name
      continue
    }
    const resolved = hostFrom(name, config, options, () => {})
    const own: ImportedHost = {
      ...resolved,
      host_id: freeName(`${alias}-jump-${index + 1}`.slice(-120), [...config.aliases, ...(options.present ?? [])]),
      ssh_user: match[1] ?? resolved.ssh_user,
      port: match[3] === undefined ? resolved.port : Number(match[3]),
    }
    made.push(last === undefined ? own : { ...own, proxy_jump: last })
    last = own.host_id
  }
  return last === undefined ? undefined : { made, last }
}

/** The name, or the name with the first number that makes it nobody else's. */
function freeName(name: string, taken: readonly string[]): string {
  let free = name
  for (let number = 2; taken.includes(free); number++) free = `${name}-${number}`
  return free
}
