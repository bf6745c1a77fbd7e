import { accessSync, constants, existsSync, statSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import type { Host } from '@sshmcp/kernel'
import { shellWord } from '@sshmcp/kernel'
import { readText } from '@sshmcp/runtime'
import { type Check, ok, warn } from './check.ts'

interface KeyPlaces {
  readonly homeDir: string
  readonly agentSocket: string | undefined
  readonly knownHostsFile: string | undefined
}

/** What can be said of keys before any host is asked. */
export async function keyChecks(places: KeyPlaces, hosts: readonly Host[]): Promise<readonly Check[]> {
  const hasAgent = places.agentSocket !== undefined && (await answers(places.agentSocket))
  const files = ['id_ed25519', 'id_ecdsa', 'id_rsa']
    .map((name) => join(places.homeDir, '.ssh', name))
    .filter(existsSync)
  const readable = files.filter(isReadable)
  const locked = readable.filter(isLocked)
  const usable = readable.filter((path) => !isOpenToOthers(path) && !locked.includes(path))
  const isNamed = hosts.length > 0 && hosts.every(({ identityFile }) => identityFile !== undefined)
  const hasKeys = usable.length > 0 || isNamed
  const isWaiting = locked.length > 0 && !hasKeys && places.agentSocket === undefined
  return [
    // A key that waits for an agent has a line of its own, with the cure.
    ...(isWaiting ? [] : [agentLine(places.agentSocket, hasAgent, hasKeys)]),
    ...files.filter((path) => !isReadable(path)).map(foreignKey),
    ...files.filter(isOpenToOthers).map(openKey),
    ...locked.map((path) => lockedKey(path, hasAgent)),
    knownHosts(places),
  ]
}

function agentLine(socket: string | undefined, hasAgent: boolean, hasKeys: boolean): Check {
  if (hasAgent) return ok('keys', `ssh-agent at ${socket}`)
  const load = 'eval "$(ssh-agent -s)" && ssh-add'
  if (socket !== undefined) return warn('keys', `SSH_AUTH_SOCK names ${socket}, and no agent answers there.`, load)
  if (hasKeys) return ok('keys', 'no ssh-agent; key files are used')
  return warn(
    'keys',
    'There is no ssh-agent (SSH_AUTH_SOCK is not set) and no private key in ~/.ssh.',
    `Make a key and install it: ssh-keygen -t ed25519 && ssh-copy-id USER@HOST; or load one: ${load}`,
  )
}

function foreignKey(path: string): Check {
  return warn(
    'keys',
    `${path} cannot be read by this account.`,
    `sudo chown "$(id -un)" ${shellWord(path)} && chmod 600 ${shellWord(path)}`,
  )
}

function openKey(path: string): Check {
  return warn('keys', `${path} can be read by others, so it is not used.`, `chmod 600 ${shellWord(path)}`)
}

function lockedKey(path: string, hasAgent: boolean): Check {
  const cure = `${hasAgent ? '' : 'eval "$(ssh-agent -s)" && '}ssh-add ${shellWord(path)}`
  return warn('keys', `${path} has a passphrase: it works through the ssh-agent alone.`, cure)
}

function knownHosts({ homeDir, knownHostsFile }: KeyPlaces): Check {
  const path = knownHostsFile ?? join(homeDir, '.ssh/known_hosts')
  if (existsSync(path)) return ok('known_hosts', path)
  return warn('known_hosts', `${path} does not exist: no host is trusted yet.`, 'sshmcp hosts trust HOST')
}

function isReadable(path: string): boolean {
  try {
    accessSync(path, constants.R_OK)
    return true
  } catch {
    // Whatever the reason, the line that follows names the cure.
    return false
  }
}

function isOpenToOthers(path: string): boolean {
  return (statSync(path).mode & 0o077) !== 0
}

/** In both forms that ssh-keygen writes: the old one says so, the new one names its cipher first. */
function isLocked(path: string): boolean {
  const text = readText(path)
  if (/ENCRYPTED/.test(text)) return true
  const body = Buffer.from(text.replace(/-----[^-]+-----|\s/g, ''), 'base64')
  return body.subarray(0, 14).toString('latin1') === 'openssh-key-v1' && body.readUInt32BE(15) !== 4
}

function answers(socket: string): Promise<boolean> {
  return new Promise((resolve) => {
    const line = connect(socket)
    const done = (isThere: boolean) => (): void => {
      line.destroy()
      resolve(isThere)
    }
    line.once('connect', done(true))
    line.once('error', done(false))
  })
}
