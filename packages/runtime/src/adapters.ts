import { join } from 'node:path'
import type { Anchor, AuditStore, NoteSigner } from '@sshmcp/audit'
import type { Clock, HostId, IdSource, UserId } from '@sshmcp/kernel'
import {
  createFileKnownHosts,
  createFileLocalFiles,
  createFilePrivateKeys,
  defaultKnownHostsFiles,
  openAuditKey,
  openFileAuditStore,
  openFolderAnchor,
} from '@sshmcp/store-file'
import { type LocalFiles, type SshTransport, transportErrors } from '@sshmcp/transport'
import { createSsh2Transport, type PrepareIdentity, type Ssh2TransportDeps } from '@sshmcp/transport-ssh2'
import type { Config } from './config.ts'

/** Where the journal is kept, what signs it, and where copies of its checkpoints go. */
export interface AuditParts {
  readonly store: AuditStore
  readonly signer?: NoteSigner
  readonly anchor?: Anchor | undefined
}

/** The journal's folder and the key that signs it, made at the first start. */
export async function openAudit(
  { places }: Pick<Config, 'places'>,
  clock: Clock,
  anchorDir?: string,
): Promise<AuditParts & { readonly signer: NoteSigner }> {
  const signer = openAuditKey(join(places.keysDir, 'audit.key'))
  const anchor = anchorDir === undefined ? undefined : openFolderAnchor(anchorDir)
  return { store: await openFileAuditStore({ dir: places.auditLogDir, clock }), signer, anchor }
}

/** The transfer folder on the disk: one for each identity. */
export function transferFolders({ places }: Config, ids: IdSource): (owner: UserId | undefined) => LocalFiles {
  return (owner) => createFileLocalFiles({ transferDir: places.transferDir, ids }, owner)
}

/**
 * SSH by ssh2, with the keys and known hosts of the account that runs this process.
 *
 * @param prepareIdentity without it no host with `certificate` is connected
 */
export function sshTransport(config: SshParts, clock: Clock, prepareIdentity?: PrepareIdentity): SshTransport {
  return createSsh2Transport({ ...ssh2Deps(config, clock), prepareIdentity })
}

/** What connecting needs to know of the configuration. */
export type SshParts = Pick<Config, 'settings' | 'homeDir'> & {
  /** Asked for every jump: hosts change while the server runs. */
  readonly rules: { readonly hosts: () => Config['rules']['hosts'] }
}

/** The files that are asked for the keys of hosts, most specific first. */
export function knownHostsFiles({ settings }: Pick<Config, 'settings'>): readonly string[] {
  return settings.knownHostsFile === undefined ? defaultKnownHostsFiles : [settings.knownHostsFile]
}

/** What ssh2 is given. */
export function ssh2Deps({ settings, rules, homeDir }: SshParts, clock: Clock): Ssh2TransportDeps {
  const { agentSocket, connectTimeoutSeconds, keepaliveIntervalSeconds, keepaliveCountMax } = settings
  return {
    knownHosts: createFileKnownHosts({ files: knownHostsFiles({ settings }), home: homeDir }),
    privateKeys: createFilePrivateKeys({ home: homeDir }),
    agentSocket,
    clock,
    connectTimeoutSeconds,
    keepalive: { intervalSeconds: keepaliveIntervalSeconds, countMax: keepaliveCountMax },
    jumpHost: (id: HostId) => {
      const host = rules.hosts().find(({ hostId }) => hostId === id)
      if (host !== undefined) return host
      throw transportErrors.error('TRANSPORT_JUMP_INVALID', {
        message: `proxy_jump names ${id}, which is not in hosts.json.`,
      })
    },
  }
}
