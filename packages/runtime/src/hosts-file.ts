import { type Host, isSshMcpError, kernelErrors, nearest } from '@sshmcp/kernel'
import { parseHosts } from '@sshmcp/policy'
import { applyEdits, modify } from 'jsonc-parser'
import type { Desk } from './journal-change.ts'
import { editConfigFile, readConfigFile } from './loader/edit-file.ts'

/** A host to be added, as `hosts.json` writes it. */
export interface HostEntry {
  readonly host_id: string
  readonly hostname: string
  readonly port?: number
  readonly ssh_user?: string
  readonly identity_file?: string
  readonly proxy_jump?: string
}

/** The hosts as they stand in the file; none when there is no file. @throws CONFIG_INVALID */
export function readHosts({ places, login }: Pick<Desk, 'places' | 'login'>): readonly Host[] {
  const file = readConfigFile(places.hostsFile)
  return file === undefined ? [] : parseHosts(file.text, file.source, { osUser: login })
}

/** The host of that name. @throws INPUT_INVALID with the nearest names */
export function hostNamed(hosts: readonly Host[], hostId: string): Host {
  const found = hosts.find((host) => host.hostId === hostId)
  if (found !== undefined) return found
  const ids = hosts.map((host) => String(host.hostId))
  const candidates = nearest(hostId, ids)
  const near = candidates.length === 0 ? 'See `sshmcp hosts list`.' : `Did you mean ${candidates.join(' or ')}?`
  throw kernelErrors.error('INPUT_INVALID', {
    message: `There is no host ${JSON.stringify(hostId)} in hosts.json.`,
    next: ids.length === 0 ? 'Add one: sshmcp hosts add USER@HOST' : near,
    field: 'host',
    candidates,
  })
}

/** How a new entry would be read, without writing it. @throws INPUT_INVALID when the server would refuse it */
export function hostFrom(entry: HostEntry, desk: Pick<Desk, 'places' | 'login'>): Host {
  if (readHosts(desk).some(({ hostId }) => hostId === entry.host_id)) {
    throw kernelErrors.error('INPUT_INVALID', {
      message: `There is a host ${JSON.stringify(entry.host_id)} in hosts.json already.`,
      next: 'Choose another name with --id, or edit hosts.json.',
      field: '--id',
    })
  }
  try {
    return hostNamed(
      parseHosts(withEntries(currentText(desk), [entry]), 'the new host', { osUser: desk.login }),
      entry.host_id,
    )
  } catch (error) {
    if (!isSshMcpError(error)) throw error
    throw kernelErrors.error('INPUT_INVALID', {
      // The place in a list that is not written yet tells nobody anything.
      message: error.message.replace(/^the new host: \[\d+\]\./, 'the new host: '),
      next: 'Write it as USER@HOST or USER@HOST:PORT; --id names it, and --jump takes a host of `sshmcp hosts list`.',
    })
  }
}

/** Adds hosts to `hosts.json`; the text that is there stays as it is laid out. @throws CONFIG_INVALID */
export function addHostEntries({ places, login }: Desk, entries: readonly HostEntry[]): void {
  editConfigFile(places.hostsFile, (file) => {
    if (file !== undefined) parseHosts(file.text, file.source, { osUser: login })
    const text = withEntries(file?.text ?? '[]\n', entries)
    parseHosts(text, places.hostsFile, { osUser: login })
    return text
  })
}

function currentText({ places }: Pick<Desk, 'places'>): string {
  return readConfigFile(places.hostsFile)?.text ?? '[]\n'
}

function withEntries(text: string, entries: readonly HostEntry[]): string {
  const formattingOptions = { tabSize: 2, insertSpaces: true }
  return entries.reduce((before, entry) => {
    const edits = modify(before, [-1], entry, { isArrayInsertion: true, formattingOptions })
    return applyEdits(before, edits)
  }, text)
}
