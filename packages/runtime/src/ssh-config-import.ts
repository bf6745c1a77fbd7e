import { type Host, hostIdPattern } from '@sshmcp/kernel'
import SSHConfig, { LineType } from 'ssh-config'
import type { HostEntry } from './hosts-file.ts'
import type { SshConfigText } from './loader/ssh-config-text.ts'

/** What an import would add, and what it leaves out and why. */
export interface SshConfigImport {
  readonly hosts: readonly HostEntry[]
  /** One sentence each. */
  readonly remarks: readonly string[]
}

/** Without these a connection would not go where the person's own ssh goes. */
const essential = ['ProxyCommand', 'HostKeyAlias', 'CanonicalizeHostname'] as const
/** Left out, and told. */
const told: Readonly<Record<string, string>> = {
  UserKnownHostsFile: 'is for the whole server here: SSH_MCP_SSH_KNOWN_HOSTS_FILE',
  StrictHostKeyChecking: 'is always strict here',
  CertificateFile: 'is not read; certificates come from the product’s own CA',
  IdentityAgent: 'is for the whole server here: SSH_AUTH_SOCK',
}

/** Turns a client configuration into entries of `hosts.json`. Pure: what is included has been put in before. */
export function importSshConfig({ text, remarks: before }: SshConfigText, present: readonly Host[]): SshConfigImport {
  const remarks = [...before]
  const config = SSHConfig.parse(text)
  // Match may run programs; nothing of it is evaluated.
  const withoutMatch = config.filter((line) => {
    const isMatch = line.type === LineType.DIRECTIVE && /^match$/i.test(line.param)
    if (isMatch) remarks.push('Match blocks cannot be honoured and are left out.')
    return !isMatch
  })
  const kept = new SSHConfig()
  kept.push(...withoutMatch)
  const taken = new Set(present.map(({ hostId }) => String(hostId)))
  const hosts: HostEntry[] = []
  for (const alias of new Set(kept.flatMap(aliasesIn))) {
    const found = taken.has(alias)
      ? `${alias}: is in hosts.json already.`
      : entryFor(alias, kept.compute(alias), remarks)
    if (typeof found === 'string') remarks.push(found)
    else hosts.push(found)
  }
  return { ...withJumps(hosts, taken, remarks), remarks: [...new Set(remarks)] }
}

type Line = SSHConfig[number]

/** The names a Host line gives that are no patterns. */
function aliasesIn(line: Line): readonly string[] {
  if (line.type !== LineType.DIRECTIVE || !/^host$/i.test(line.param)) return []
  const names = typeof line.value === 'string' ? [line.value] : line.value.map(({ val }) => val)
  return names.filter((name) => !/[*?!]/.test(name))
}

type Computed = Readonly<Record<string, string | readonly string[]>>

/** The entry, or the sentence that says why there is none. */
function entryFor(alias: string, computed: Computed, remarks: string[]): HostEntry | string {
  const value = (wanted: string): string | undefined => {
    const found = Object.entries(computed).find(([name]) => name.toLowerCase() === wanted.toLowerCase())?.[1]
    return typeof found === 'string' ? found : found?.[0]
  }
  const hindrance = essential.find((name) => !['none', 'no', undefined].includes(value(name)?.toLowerCase()))
  if (hindrance !== undefined) return `${alias}: left out, because ${hindrance} cannot be honoured.`
  if (!hostIdPattern.test(alias)) return `${alias}: left out, because it cannot be a host_id.`
  for (const [name, why] of Object.entries(told)) {
    if (value(name) !== undefined) remarks.push(`${alias}: ${name} ${why}.`)
  }
  const identity = value('IdentityFile')
  const jump = value('ProxyJump')
  const user = value('User')
  const port = Number(value('Port') ?? '22')
  return {
    host_id: alias,
    hostname: (value('HostName') ?? alias).replaceAll('%h', alias).replaceAll('%%', '%'),
    ...(port === 22 ? {} : { port }),
    ...(user === undefined ? {} : { ssh_user: user }),
    ...(identity === undefined || identity.toLowerCase() === 'none'
      ? {}
      : { identity_file: identity.replace(/^%d(?=\/)/, '~') }),
    ...(jump === undefined || jump.toLowerCase() === 'none' ? {} : { proxy_jump: jump }),
  }
}

/** A jump has to be a host of ours; whoever goes by one that is not is left out, and whoever goes by that one too. */
function withJumps(
  hosts: readonly HostEntry[],
  present: ReadonlySet<string>,
  remarks: string[],
): Pick<SshConfigImport, 'hosts'> {
  const ids = new Set([...present, ...hosts.map(({ host_id }) => host_id)])
  const lost = hosts.filter(({ proxy_jump: jump }) => jump !== undefined && !ids.has(jump))
  if (lost.length === 0) return { hosts }
  for (const { host_id, proxy_jump } of lost) {
    remarks.push(`${host_id}: left out, because its ProxyJump ${proxy_jump} is no Host of its own there.`)
  }
  return withJumps(
    hosts.filter((host) => !lost.includes(host)),
    present,
    remarks,
  )
}
