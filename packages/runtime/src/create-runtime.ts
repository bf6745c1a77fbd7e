import { type AuditSource, type AuditStore, type Journal, type NoteSigner, openJournal } from '@sshmcp/audit'
import { createIdentity } from '@sshmcp/identity'
import { type Clock, type IdSource, randomIds, systemClock } from '@sshmcp/kernel'
import { type BoundCaller, type CallHooks, closedGate, createPipeline, type Pipeline } from '@sshmcp/pipeline'
import { catalogFor } from '@sshmcp/policy'
import { createRedactor, type Redactor } from '@sshmcp/redact'
import { createSessions, type Sessions } from '@sshmcp/sessions'
import { catalog, type ToolServices } from '@sshmcp/tools'
import type { SshTransport } from '@sshmcp/transport'
import { openAudit, sshTransport } from './adapters.ts'
import type { Config } from './config.ts'
import { hookedHosts } from './hooked-hosts.ts'
import { journalOfCalls } from './journal-adapter.ts'
import { readJournal } from './read-journal.ts'

/** What stands outside and can be replaced, so that an app is tested whole without a network or a disk. */
export interface Adapters {
  readonly clock: Clock
  readonly ids: IdSource
  readonly transport: SshTransport
  readonly audit: { readonly store: AuditStore; readonly signer?: NoteSigner }
}

export interface Runtime {
  readonly pipeline: Pipeline<ToolServices>
  /** Ends what runs, closes every connection, writes the journal's last words. */
  close(): Promise<void>
}

export interface RuntimeOptions {
  readonly adapters?: Partial<Adapters>
  readonly version: string
  /** Lines for people, on stderr as a rule. Never a secret. */
  readonly log: (line: string) => void
}

/**
 * Names the concrete adapters once and returns a working pipeline.
 *
 * @throws the journal's codes when it cannot be opened: nothing may run without one
 */
export async function createRuntime(config: Config, options: RuntimeOptions): Promise<Runtime> {
  const { clock = systemClock, ids = randomIds } = options.adapters ?? {}
  const redactor = createRedactor({ secrets: secretsOf(config) })
  const audit = options.adapters?.audit ?? (await openAudit(config, clock))
  const journal = await openJournal({
    ...audit,
    clock,
    ids,
    redactValue: (value) => redactor.redactValue(value).value,
    writer: { version: options.version, pid: process.pid },
  })
  await journal.append({ kind: 'config', detail: configDetail(config) })
  const sessions = createSessions({
    transport: options.adapters?.transport ?? sshTransport(config, clock),
    clock,
    ids,
    outputFilter: () => redactor.stream(),
    limits: config.settings,
  })
  const pipeline = createPipeline<ToolServices>({
    tools: catalog,
    rules: config.rules,
    authenticate: authenticator(config, clock),
    journal: journalOfCalls(journal),
    redactor: { text: (text) => redactor.redact(text).text, value: (value) => redactor.redactValue(value).value },
    gate: closedGate,
    confirmation: config.settings.confirmation,
    clock,
    ids,
    bind: binder({ config, sessions, source: audit.store, signer: audit.signer }),
    onFault: (auditId, cause) => options.log(`${auditId}: ${describe(cause, redactor)}`),
  })
  return { pipeline, close: () => closeAll(sessions, journal) }
}

function authenticator(config: Config, clock: Clock) {
  const identity = createIdentity({ entries: () => config.identities, login: config.login, clock })
  return identity.authenticate.bind(identity)
}

interface Parts {
  readonly config: Config
  readonly sessions: Sessions
  readonly source: AuditSource
  readonly signer: NoteSigner | undefined
}

function binder({ config, sessions, source, signer }: Parts) {
  return ({ principal }: BoundCaller, hooks: CallHooks): ToolServices => ({
    hosts: hookedHosts(sessions.forOwner(principal.userId), hooks),
    catalog: catalogFor(principal, config.rules),
    limits: { maxSessions: config.settings.maxSessions },
    journal: readJournal(source, signer),
  })
}

function configDetail({ files, rules, identities }: Config) {
  return {
    files: files.map(({ name, sha256 }) => ({ name, sha256 })),
    hosts: rules.hosts.map(({ hostId }) => hostId),
    templates: rules.templates.map(({ templateId }) => templateId),
    identities: identities.map(({ userId }) => userId),
  }
}

/** Everything that this process itself must never show. */
function secretsOf({ credential }: Config): readonly string[] {
  return credential.kind === 'bearer' ? [credential.token.reveal()] : []
}

function describe(cause: unknown, redactor: Redactor): string {
  const text = cause instanceof Error ? (cause.stack ?? cause.message) : String(cause)
  return redactor.redact(text).text
}

async function closeAll(sessions: Sessions, journal: Journal): Promise<void> {
  try {
    await sessions.close()
  } finally {
    await journal.close()
  }
}
