import { createHash } from 'node:crypto'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { type Host, isSshMcpError, printable } from '@sshmcp/kernel'
import { type Desk, type LoginTrial, readText, tryLogin } from '@sshmcp/runtime'
import type { CommandContext } from '../command.ts'
import { type Check, fail, ok, warn } from './check.ts'

/** More than this and certificates and one-time codes begin to fail. */
const mostSkewSeconds = 60

/** A login that went well, and where. */
export interface Reached {
  readonly host: Host
  readonly trial: LoginTrial
}

interface HostResult {
  readonly checks: readonly Check[]
  readonly reached: Reached | undefined
}

/** Logs in and runs a harmless command; says what it found. */
export async function hostCheck(
  { adapters }: CommandContext,
  desk: Desk,
  host: Host,
  signal: AbortSignal,
): Promise<HostResult> {
  const what = host.hostId
  try {
    const trial = await tryLogin(desk, host, signal, adapters.transport)
    const { login, authenticatedWith } = trial.facts
    const line = ok(what, `logged in as ${login} with ${printable(authenticatedWith)}, shell ${printable(trial.shell)}`)
    return { checks: [line, ...shell(host, trial), ...clock(host, trial)], reached: { host, trial } }
  } catch (error) {
    if (!isSshMcpError(error)) throw error
    return { checks: [fail(what, error.message, error.next.replace(/\bHOST\b/g, what))], reached: undefined }
  }
}

function shell({ hostId, sshUser }: Host, { shell, isShellServed }: LoginTrial): readonly Check[] {
  if (isShellServed) return []
  return [
    warn(
      hostId,
      `The login shell ${printable(shell)} is not one whose quoting holds: templates with parameters are refused there.`,
      `On the host: sudo chsh -s /bin/sh ${sshUser}; or log in as another account.`,
    ),
  ]
}

function clock({ hostId }: Host, { clockSkewSeconds: skew }: LoginTrial): readonly Check[] {
  if (skew === undefined || Math.abs(skew) <= mostSkewSeconds) return []
  const how = `${Math.abs(skew)} s ${skew > 0 ? 'ahead of' : 'behind'} this machine’s`
  return [
    warn(hostId, `Its clock is ${how}: certificates may be refused.`, 'On the host: sudo timedatectl set-ntp true'),
  ]
}

/**
 * The same machine under two names has two policies; the server’s own machine is a host like no other.
 *
 * @param sshFolder where this machine’s own host keys lie
 */
export function machineChecks(reached: readonly Reached[], sshFolder = '/etc/ssh'): readonly Check[] {
  const own = fingerprintsIn(sshFolder)
  const byKey = groupedByKey(reached)
  return [...byKey].flatMap(([key, group]): readonly Check[] => {
    const ids = group.map(({ host }) => host.hostId).join(', ')
    const twice = warn(
      'machines',
      `${ids} present the same host key: they are one machine under several names, with the rules of each.`,
      'Keep one of them in hosts.json, unless that is what you want.',
    )
    const itself = warn(
      'machines',
      `${ids} is the machine that this server runs on: whatever runs there can reach the server’s own files.`,
      'Take it out of hosts.json, or let it log in as an account that cannot read the configuration folder.',
    )
    return [...(group.length > 1 ? [twice] : []), ...(own.has(key) ? [itself] : [])]
  })
}

function fingerprintsIn(dir: string): ReadonlySet<string> {
  if (!existsSync(dir)) return new Set()
  const names = readdirSync(dir).filter((name) => /^ssh_host_.*_key\.pub$/.test(name))
  return new Set(names.map((name) => fingerprintOf(readText(join(dir, name)))))
}

function fingerprintOf(line: string): string {
  const blob = Buffer.from(line.split(/\s+/)[1] ?? '', 'base64')
  return `SHA256:${createHash('sha256').update(blob).digest('base64').replace(/=+$/, '')}`
}

function groupedByKey(reached: readonly Reached[]): ReadonlyMap<string, readonly Reached[]> {
  const groups = new Map<string, readonly Reached[]>()
  for (const one of reached) {
    const key = one.trial.facts.hostKeyFingerprint
    groups.set(key, [...(groups.get(key) ?? []), one])
  }
  return groups
}
