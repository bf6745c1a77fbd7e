import { readlinkSync } from 'node:fs'
import { readText } from './durable-file.ts'
import { errnoOf } from './errno.ts'

/** How processes of one machine tell each other apart, and the living from the dead. */
interface ProcessIdentity {
  readonly pid: number
  /** When the process started, in ticks since the machine did: a pid that is used again has another. */
  readonly start: string
  readonly boot: string
  /** Pid namespace: pids of another one mean nothing here. */
  readonly namespace: string
}

/** This process, as text for others. Empty fields where the platform does not say. */
export function ownIdentity(): string {
  const own: ProcessIdentity = {
    pid: process.pid,
    start: startOf(process.pid)?.start ?? '',
    boot: firstLine('/proc/sys/kernel/random/boot_id'),
    namespace: pidNamespace(),
  }
  return JSON.stringify(own)
}

/**
 * True only if the process is certainly dead.
 *
 * Certain is: the machine was started anew since, or the pid is free or used by another process. A process of another
 * pid namespace (a container) is never taken for dead. Text that is no identity was torn by a crash of the machine, for
 * ours is complete before others can see it.
 */
export function isGone(identity: string): boolean {
  const other = parseIdentity(identity)
  if (other === undefined) return true
  const boot = firstLine('/proc/sys/kernel/random/boot_id')
  if (boot !== '' && other.boot !== '' && other.boot !== boot) return true
  if (other.namespace !== pidNamespace()) return false
  if (boot === '') return !isRunning(other.pid)
  const now = startOf(other.pid)
  return now === undefined || now.start !== other.start || now.isZombie
}

/** The pid in an identity, for people; undefined when there is none. */
export function pidOf(identity: string): number | undefined {
  return parseIdentity(identity)?.pid
}

function parseIdentity(text: string): ProcessIdentity | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return isIdentity(value) ? value : undefined
  } catch {
    return undefined
  }
}

function isIdentity(value: unknown): value is ProcessIdentity {
  if (typeof value !== 'object' || value === null) return false
  return (
    'pid' in value &&
    Number.isSafeInteger(value.pid) &&
    'start' in value &&
    typeof value.start === 'string' &&
    'boot' in value &&
    typeof value.boot === 'string' &&
    'namespace' in value &&
    typeof value.namespace === 'string'
  )
}

/** proc(5): field 22 of `stat` is the start time, field 3 the state; field 2 may hold blanks and parentheses. */
function startOf(pid: number): { readonly start: string; readonly isZombie: boolean } | undefined {
  const line = firstLine(`/proc/${pid}/stat`)
  if (line === '') return undefined
  const fields = line.slice(line.lastIndexOf(')') + 2).split(' ')
  return { start: fields[19] ?? '', isZombie: fields[0] === 'Z' || fields[0] === 'X' }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // EPERM: it runs, as somebody else.
    return errnoOf(error) === 'EPERM'
  }
}

/** Only a file that is not there is empty: a lack of descriptors must never make the living look dead. */
function firstLine(path: string): string {
  return ifThere(() => readText(path).split('\n', 1)[0] ?? '')
}

function pidNamespace(): string {
  return ifThere(() => readlinkSync('/proc/self/ns/pid'))
}

function ifThere(read: () => string): string {
  try {
    return read()
  } catch (error) {
    const code = errnoOf(error)
    if (code === 'ENOENT' || code === 'ESRCH' || code === 'ENOTDIR') return ''
    throw error
  }
}
