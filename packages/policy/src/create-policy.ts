import { isSshMcpError, kernelErrors, parseUserId, type Role, rfc3339, roles } from '@sshmcp/kernel'
import { catalogFor } from './catalog.ts'
import { checkReferences } from './check-references.ts'
import { configError } from './config-shape.ts'
import { type Decision, decide } from './decide.ts'
import { parseHosts } from './host-config.ts'
import type { ParamValue } from './param-value.ts'
import { parsePolicy } from './policy-config.ts'
import type { Rules } from './rules.ts'
import { parseTemplates } from './template-config.ts'

/** The three files, as JSON text or as the value that it stands for. */
export interface PolicyInput {
  readonly hosts: string | readonly object[]
  readonly templates: string | readonly object[]
  readonly policy?: string | object
  /** Only templates of low risk. */
  readonly readOnly?: boolean
  /** Stands in for hosts without `ssh_user`; "nobody" where it is left out. */
  readonly osUser?: string
}

/** Somebody wants to run a template on a host. */
export interface PolicyCall {
  readonly userId: string
  readonly roles: readonly Role[]
  readonly hostId: string
  readonly templateId: string
  readonly params?: Readonly<Record<string, ParamValue>>
}

/** What the policy says to a call. */
export interface PolicyAnswer {
  readonly effect: 'allow' | 'ask' | 'deny'
  /** Why, where it is not a plain yes. */
  readonly code?: string
  readonly reason?: string
  /** What would help. */
  readonly next?: string
  /** The exact line for the login shell; left out when denied. */
  readonly commandLine?: string
  /** What goes to its standard input, if anything. */
  readonly stdin?: string
  /** When asked: an approval given for this call has to be spent before this moment (RFC 3339). */
  readonly approveBefore?: string
}

/** A policy that was read once and answers as often as it is asked. */
export interface CheckedPolicy {
  /** @param now milliseconds since the Unix epoch */
  check(call: PolicyCall, now: number): PolicyAnswer
}

/**
 * Reads hosts, templates and policy, and answers who may run what where, with the line that would run.
 *
 * Pure: nothing is connected to, remembered or written. A refusal is an answer, never an exception.
 *
 * @throws CONFIG_INVALID naming the place when an input is not valid
 */
export function createPolicy(input: PolicyInput): CheckedPolicy {
  const hosts = parseHosts(asText(input.hosts, 'hosts'), 'hosts', { osUser: input.osUser ?? 'nobody' })
  const templates = parseTemplates(asText(input.templates, 'templates'), 'templates')
  checkReferences(hosts, templates, 'hosts')
  const policy = parsePolicy(
    input.policy === undefined ? undefined : { text: asText(input.policy, 'policy'), source: 'policy' },
  )
  const rules: Rules = { hosts, templates, policy, readOnly: input.readOnly ?? false }
  return { check: (call, now) => answer(rules, call, now) }
}

function asText(input: string | object, source: string): string {
  if (typeof input === 'string') return input
  const text = jsonOf(input)
  if (text === undefined) throw configError(source, [], 'has to be JSON text, or a value that JSON can say')
  return text
}

/** Undefined for what JSON cannot say: nothing, a function, a value that holds itself. */
function jsonOf(value: object): string | undefined {
  try {
    return JSON.stringify(value)
  } catch {
    return undefined
  }
}

function answer(rules: Rules, call: PolicyCall, now: number): PolicyAnswer {
  try {
    requireCall(call, now)
    const held = new Set(call.roles.filter((role) => roles.includes(role)))
    const principal = { userId: parseUserId(call.userId), displayName: call.userId, roles: held }
    const catalog = catalogFor(principal, rules)
    const host = catalog.host(call.hostId)
    const command = catalog.render(host, call.templateId, call.params ?? {})
    const decision = decide(principal, { verb: 'host.exec', host, command }, rules)
    return withCommand(decision, command, now + rules.policy.approvals.ttlSeconds * 1000)
  } catch (error) {
    if (!isSshMcpError(error)) throw error
    return { effect: 'deny', code: error.code, reason: error.message, next: error.next }
  }
}

/** A call may come from anywhere, such as the body of a request: what is not of its type is refused like any other. */
function requireCall({ userId, roles: held, hostId, templateId }: PolicyCall, now: number): void {
  for (const [field, value] of Object.entries({ userId, hostId, templateId }))
    if (typeof value !== 'string') throw invalid(field, 'a text')
  if (!Array.isArray(held)) throw invalid('roles', 'a list of roles')
  // What RFC 3339 can say, with room for the life of an approval.
  if (!(Math.abs(now) < 8e15)) throw invalid('now', 'milliseconds since the Unix epoch')
}

function invalid(field: string, wanted: string) {
  return kernelErrors.error('INPUT_INVALID', { message: `${field} has to be ${wanted}.`, field })
}

function withCommand(decision: Decision, command: { line: string; stdin: string }, deadline: number): PolicyAnswer {
  if (decision.effect === 'deny') return decision
  const what = { commandLine: command.line, ...(command.stdin === '' ? {} : { stdin: command.stdin }) }
  return decision.effect === 'ask'
    ? { ...decision, ...what, approveBefore: rfc3339(deadline) }
    : { ...decision, ...what }
}
