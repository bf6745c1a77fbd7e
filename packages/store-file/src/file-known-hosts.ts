import { constants } from 'node:fs'
import { mkdir, open, readFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { type KnownHosts, type KnownHostsFile, transportErrors } from '@sshmcp/transport'
import { errnoOf } from './errno.ts'
import { expandHome, shortenHome } from './home-path.ts'

/** Where known hosts are looked up. */
export interface FileKnownHostsDeps {
  /** Most specific first; `~` is expanded. Files that do not exist are nothing special. */
  readonly files: readonly string[]
  /** The home folder of the account that connects. */
  readonly home: string
}

/** Where OpenSSH's client looks: the user's files, then the system's. */
export const defaultKnownHostsFiles: readonly string[] = [
  '~/.ssh/known_hosts',
  '~/.ssh/known_hosts2',
  '/etc/ssh/ssh_known_hosts',
  '/etc/ssh/ssh_known_hosts2',
]

/** known_hosts from files, read for every connection, so that a key trusted by hand works at once. */
export function createFileKnownHosts({ files, home }: FileKnownHostsDeps): KnownHosts {
  return {
    async read() {
      const found = await Promise.all(files.map((file) => readOne(expandHome(file, home), home)))
      return found.filter((file) => file !== undefined)
    },
  }
}

async function readOne(path: string, home: string): Promise<KnownHostsFile | undefined> {
  try {
    return { path: shortenHome(path, home), text: await readFile(path, 'utf8') }
  } catch (cause) {
    const code = errnoOf(cause)
    // A folder on the way that is a file, or that is not there, is as good as no file. Anything else may hide a revoked key.
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined
    throw transportErrors.error('TRANSPORT_KNOWN_HOSTS_UNREADABLE', {
      message: `${shortenHome(path, home)} cannot be read (${code ?? 'unknown error'}), so no host key can be trusted.`,
      cause,
    })
  }
}

/**
 * Adds a line to a known_hosts file, making file and folder when they are not there. A line that is there already is not
 * added again. Durable when it resolves.
 *
 * @returns whether the line was added
 */
export async function addKnownHost(file: string, line: string, home: string): Promise<boolean> {
  const path = expandHome(file, home)
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  const handle = await open(path, constants.O_RDWR | constants.O_CREAT | constants.O_APPEND, 0o600)
  try {
    const text = await handle.readFile('utf8')
    if (text.split(/\r?\n/).includes(line)) return false
    const separator = text === '' || text.endsWith('\n') ? '' : '\n'
    await handle.appendFile(`${separator}${line}\n`)
    await handle.sync()
    return true
  } finally {
    await handle.close()
  }
}
