import type { Operation } from '@sshmcp/approvals'
import { type Anchoring, type Journal, type JournalDeps, openJournal, startAnchoring } from '@sshmcp/audit'
import { createIdentity, type IdentityEntry } from '@sshmcp/identity'
import { type Clock, type Credential, type Principal, randomIds, systemClock, type UserId } from '@sshmcp/kernel'
import { createPipeline } from '@sshmcp/pipeline'
import { decide } from '@sshmcp/policy'
import { createRedactor, type Redactor } from '@sshmcp/redact'
import { createSessions, type Sessions } from '@sshmcp/sessions'
import { catalog, personTools, type ToolServices } from '@sshmcp/tools'
import { type AuditParts, openAudit, sshTransport, transferFolders } from './adapters.ts'
import { type ApprovalVault, approvalsOf, openVault } from './approvals/create-approvals.ts'
import { journalledGate } from './approvals/journalled-gate.ts'
import { notifier } from './approvals/notify-program.ts'
import { recordedMeaning } from './approvals/recorded-meaning.ts'
import { servicesBinder } from './callers-services.ts'
import { createCaDesk } from './certificates/ca-desk.ts'
import { connectionIdentities } from './certificates/connection-identities.ts'
import { keyRulesOf } from './certificates/key-rules.ts'
import type { Config } from './config.ts'
import { createHiddenNames } from './hidden-names.ts'
import { journalOfCalls } from './journal-adapter.ts'
import { livingIdentities } from './loader/living-identities.ts'
import { watchRevocations } from './revocation.ts'
import type { OtherProof, Runtime, RuntimeOptions } from './runtime.ts'
import { createServedFiles } from './served-files.ts'

/**
 * Names the concrete adapters once and returns a working pipeline.
 *
 * @throws the journal's codes when it cannot be opened: nothing may run without one
 */
export async function createRuntime(config: Config, options: RuntimeOptions): Promise<Runtime> {
  let current = config
  const { clock = systemClock, ids = randomIds, otherProof } = options.adapters ?? {}
  const vault = options.adapters?.approvals ?? openVault(config)
  const redactor = createRedactor({ ...config.redaction, secrets: secretsOf(config, vault) })
  const audit = options.adapters?.audit ?? (await openAudit(config, clock, config.rules.policy.audit.anchorDir))
  const redactValue = journalRedaction(redactor)
  const writer = { version: options.version, pid: process.pid }
  const journal = await openJournal({ ...audit, clock, ids, redactValue, writer })
  await journal.append({ kind: 'config', detail: configDetail(config) })
  const anchoring = anchorCheckpoints(audit, options)
  const desk = createCaDesk({ ...config, clock, ids, policy: () => current.rules.policy.keys })
  const living = { ...config, rules: { hosts: () => current.rules.hosts } }
  const transport = options.adapters?.transport ?? sshTransport(living, clock, connectionIdentities(desk, ids))
  const outputFilter = () => redactor.stream()
  const sessions = createSessions({ transport, clock, ids, outputFilter, limits: config.settings })
  const entries = options.adapters?.identities ?? livingIdentities(config.places.identitiesFile)
  const notify = notifier({ program: config.settings.approvalNotify, onFailure: notifyFailed(journal, options) })
  const localFiles = options.adapters?.localFiles ?? transferFolders(config, ids)
  const maxUploadBytes = () => current.rules.policy.transfer.maxUploadBytes
  const files = createServedFiles({ localFiles, journal, clock, ids, maxUploadBytes, urlOf: options.fileUrl })
  const authenticate = authenticator({ config, entries, clock, otherProof })
  const meaningOf = (operation: Operation) => recordedMeaning(operation, () => desk.store())
  const shared = { sessions, desk, clock, ids, localFiles, files, audit, hiddenNames: createHiddenNames(redactor) }
  const assemble = (config: Config) => {
    const approvals = approvalsOf({ config, vault, redactor, clock, ids, entries, others: otherProof?.people })
    const pipeline = createPipeline<ToolServices>({
      tools: [...catalog, ...personTools],
      rules: config.rules,
      keys: keyRulesOf(config.rules.policy.keys, entries),
      authenticate,
      journal: journalOfCalls(journal),
      redactor: { text: (text) => redactor.redact(text).text, value: (value) => redactor.redactValue(value).value },
      gate: journalledGate(approvals, journal),
      confirmation: config.settings.confirmation,
      clock,
      ids,
      bind: servicesBinder({
        ...shared,
        config,
        asking: { approvals, journal, notify, meaningOf, pageOf: options.approvalUrl },
      }),
      onFault: (auditId, cause) => options.log(`${auditId}: ${describe(cause, redactor)}`),
    })
    return { pipeline, approvals }
  }
  let road = assemble(config)
  const close = closer(sessions, options)
  const endWatching = watchRevocations({ entries, clock, close, log: options.log })
  return {
    pipeline: { tools: road.pipeline.tools, call: (request) => road.pipeline.call(request) },
    authenticate: async (credential) => authenticate(credential),
    mayReadJournal: (who) => decide(who, { verb: 'audit.read', filter: {} }, current.rules).effect === 'allow',
    async reload(next) {
      await journal.append({ kind: 'config', detail: configDetail(next) })
      current = next
      road = assemble(next)
    },
    files,
    isHealthy: () => journal.healthy,
    load: async () => ({ ...sessions.load(), approvalsWaiting: await road.approvals.countPending() }),
    close(patienceMs = farewellMs) {
      endWatching()
      return closeAll({ sessions, journal, anchoring, patienceMs })
    },
  }
}

function journalRedaction(redactor: Redactor): JournalDeps['redactValue'] {
  return (value) => redactor.redactValue(value).value
}

function closer(sessions: Sessions, { onRevoked }: RuntimeOptions) {
  return async (userId: UserId): Promise<void> => {
    await Promise.all([sessions.forOwner(userId).closeAll(), onRevoked?.(userId)])
  }
}

interface Proofs {
  readonly config: Config
  readonly entries: () => readonly IdentityEntry[]
  readonly clock: Clock
  readonly otherProof: OtherProof | undefined
}

function authenticator({ config, entries, clock, otherProof }: Proofs) {
  const identity = createIdentity({ entries, login: config.login, clock })
  return (credential: Credential): Principal | Promise<Principal> => {
    const other = credential.kind === 'bearer' ? otherProof?.authenticate(credential.token) : undefined
    return other ?? identity.authenticate(credential)
  }
}

/** Copying is never in the way of an entry: a place that is away is told of, and caught up with when it is back. */
function anchorCheckpoints({ store, anchor }: AuditParts, { log }: RuntimeOptions): Anchoring | undefined {
  if (anchor === undefined) return undefined
  const onProblem = ({ message }: Error): void =>
    log(`The journal's checkpoints cannot be copied to ${anchor.name} (audit.anchor_dir): ${message} Trying again.`)
  return startAnchoring({ source: store, anchor, onProblem })
}

/** A notification is a courtesy: its failure is recorded and changes nothing. */
function notifyFailed(journal: Journal, { log }: RuntimeOptions) {
  return (requestId: string, reason: string): void => {
    const line = `SSH_MCP_APPROVAL_NOTIFY failed: ${reason}`
    const entry = {
      kind: 'change' as const,
      status: 'error' as const,
      approval_request_id: requestId,
      detail: { message: line },
    }
    journal.append(entry).catch(() => log(line))
  }
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
function secretsOf({ credential }: Config, { key }: ApprovalVault): readonly string[] {
  const seal = Buffer.from(key.reveal()).toString('hex')
  return credential?.kind === 'bearer' ? [credential.token.reveal(), seal] : [seal]
}

function describe(cause: unknown, redactor: Redactor): string {
  const text = cause instanceof Error ? (cause.stack ?? cause.message) : String(cause)
  return redactor.redact(text).text
}

/** An editor waits three seconds for a server to go; what takes longer is `orphaned` in the journal at the next start. */
const farewellMs = 1000

interface Closing {
  readonly sessions: Sessions
  readonly journal: Journal
  readonly anchoring: Anchoring | undefined
  readonly patienceMs: number
}

async function closeAll({ sessions, journal, anchoring, patienceMs }: Closing): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const patience = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, patienceMs)
  })
  try {
    await Promise.race([sessions.close(), patience])
  } finally {
    clearTimeout(timer)
    await journal.close()
    // After the last signature, so that it is copied too.
    await anchoring?.close()
  }
}
