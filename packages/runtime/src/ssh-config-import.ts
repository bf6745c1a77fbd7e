import { type ImportedHost, importSshConfig as importFrom } from '@sshmcp/transport/ssh-config'
import { type HostEntry, readHosts } from './hosts-file.ts'
import type { Desk } from './journal-change.ts'
import { readSshConfig } from './loader/ssh-config-files.ts'

/** What an import would add, and what it leaves out and why. */
export interface SshConfigImport {
  readonly hosts: readonly HostEntry[]
  /** One sentence each, with the host it is about. */
  readonly remarks: readonly string[]
}

/**
 * The hosts of an OpenSSH client configuration as `hosts.json` would write them, without those that stand there already.
 * Nothing is written and nothing run.
 *
 * @throws CONFIG_INVALID when the file, one that it includes or hosts.json cannot be read
 */
export function importSshConfig(
  file: string,
  desk: Pick<Desk, 'places' | 'login'> & { readonly homeDir: string },
): SshConfigImport {
  const present = readHosts(desk).map(({ hostId }) => String(hostId))
  const { hosts, remarks } = importFrom({ ...readSshConfig(file, desk.homeDir), localUser: desk.login, present })
  return {
    hosts: hosts.map(entryOf),
    remarks: [...new Set(remarks.map(({ host, message }) => (host === '' ? message : `${host}: ${message}`)))],
  }
}

/** What is the default anyway is not written. */
function entryOf({ port, ssh_user, ...host }: ImportedHost): HostEntry {
  return { ...host, ...(port === 22 ? {} : { port }), ...(ssh_user === '' ? {} : { ssh_user }) }
}
