import {
  type Host,
  type HostCertificate,
  type HostId,
  hostIdPattern,
  nearest,
  parseHostId,
  parseTemplateId,
  templateIdPattern,
} from '@sshmcp/kernel'
import * as z from 'zod'
import { type ConfigText, configError, named, readConfig, roleSet, section } from './config-shape.ts'
import { narrowingShape, type TransferPolicy } from './policy-config.ts'

/** A host with what later tools read of it. */
export interface ConfiguredHost extends Host {
  /** Keys that narrow the transfer policy for this host. */
  readonly transfer: Partial<TransferPolicy>
  readonly certificate: HostCertificate | undefined
}

const idText = 'has to be letters, digits, ".", "_" and "-", without a leading dash'

const networkText = 'has to be an address or a network, such as 10.0.0.5 or 10.0.0.0/24'

const hostShape = () =>
  section({
    host_id: z.string().regex(hostIdPattern, { error: idText }),
    hostname: z.string().regex(/^(?!-)[A-Za-z0-9._:%-]{1,253}$/, { error: 'has to be a host name or an address' }),
    port: z.int().min(1).max(65535).default(22),
    ssh_user: z
      .string()
      .regex(/^(?:(?!-)[^\u0000-\u0020\u007f:]{1,256})?$/, { error: 'has to be the name of an account' })
      .default(''),
    labels: named(z.string()).default({}),
    description: z.string().default(''),
    allowed_roles: roleSet().optional(),
    proxy_jump: z.string().default(''),
    host_key_fingerprints: z
      .array(
        z.string().regex(/^SHA256:[A-Za-z0-9+/]{43}=?$/, { error: 'has to be SHA256: and 43 characters of base64' }),
      )
      .default([]),
    identity_file: z.string().default(''),
    allowed_templates: z.array(z.string().regex(templateIdPattern, { error: idText })).optional(),
    transfer: narrowingShape().optional(),
    certificate: section({
      mode: z.enum(['per_connection', 'per_command']).default('per_connection'),
      principal: z.string().default(''),
      source_addresses: z
        .array(z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()], { error: networkText }))
        .max(64)
        .default([]),
    }).optional(),
  })

type HostEntry = z.output<ReturnType<typeof hostShape>>

/**
 * Reads `hosts.json`.
 *
 * @throws CONFIG_INVALID naming the source, the path and the cure
 */
export function parseHosts(
  text: string,
  source: string,
  defaults: { readonly osUser: string },
): readonly ConfiguredHost[] {
  const file: ConfigText = { text, source }
  const hosts = readConfig(file, z.array(hostShape())).map((entry) => toHost(entry, defaults.osUser))
  refuseDuplicates(hosts, source)
  for (const [index, host] of hosts.entries()) {
    followJumps(hosts, index, source)
    requireSource(host, index, source)
  }
  return hosts
}

function toHost(entry: HostEntry, osUser: string): ConfiguredHost {
  const { certificate, allowed_templates: templates } = entry
  return {
    hostId: parseHostId(entry.host_id),
    hostname: entry.hostname,
    port: entry.port,
    sshUser: entry.ssh_user || osUser,
    labels: entry.labels,
    description: entry.description,
    allowedRoles: entry.allowed_roles,
    allowedTemplates: templates && new Set(templates.map(parseTemplateId)),
    identityFile: entry.identity_file || undefined,
    hostKeyFingerprints: entry.host_key_fingerprints,
    proxyJump: entry.proxy_jump === '' ? undefined : asHostId(entry.proxy_jump),
    transfer: entry.transfer ?? {},
    certificate: certificate && {
      mode: certificate.mode,
      principal: certificate.principal || undefined,
      sourceAddresses: certificate.source_addresses,
    },
  }
}

/** Only compared with real ids afterwards; what cannot be one is left to that comparison to refuse. */
function asHostId(text: string): HostId {
  return parseHostId(hostIdPattern.test(text) ? text : '_')
}

function refuseDuplicates(hosts: readonly Host[], source: string): void {
  const seen = new Map<HostId, number>()
  for (const [index, { hostId }] of hosts.entries()) {
    const first = seen.get(hostId)
    if (first !== undefined)
      throw configError(source, [index, 'host_id'], `repeats ${JSON.stringify(hostId)} of [${first}]`)
    seen.set(hostId, index)
  }
}

/** A certificate that no address binds would be a weaker login, and nobody would notice. */
function requireSource({ certificate, proxyJump }: ConfiguredHost, index: number, source: string): void {
  if (proxyJump === undefined || certificate === undefined || certificate.sourceAddresses.length > 0) return
  throw configError(
    source,
    [index, 'certificate', 'source_addresses'],
    'is missing: behind a jump the host sees the address of the jump',
    `Put the address that the host sees ${proxyJump} come from there: on the host, \`echo $SSH_CONNECTION\` begins with it.`,
  )
}

function followJumps(hosts: readonly Host[], index: number, source: string): void {
  const byId = new Map(hosts.map((host) => [host.hostId, host]))
  const passed = new Set<HostId>()
  for (let host = hosts[index]; host?.proxyJump !== undefined; host = byId.get(host.proxyJump)) {
    const path = [index, 'proxy_jump']
    if (!byId.has(host.proxyJump)) {
      const [near] = nearest(host.proxyJump, byId.keys())
      throw configError(source, path, 'names no host_id of this file', near && `Did you mean ${JSON.stringify(near)}?`)
    }
    if (passed.has(host.hostId)) throw configError(source, path, 'leads round in a circle')
    passed.add(host.hostId)
  }
}
