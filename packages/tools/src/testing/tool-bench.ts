import { type ApprovalMode, createApprovals } from '@sshmcp/approvals'
import { MemoryApprovalStore } from '@sshmcp/approvals/testing'
import type { AuditEntry } from '@sshmcp/audit'
import { type Role, Secret } from '@sshmcp/kernel'
import { aPrincipal, ManualClock, sequentialIds } from '@sshmcp/kernel/testing'
import { type CallRequest, createPipeline, type Reply } from '@sshmcp/pipeline'
import { MemoryJournal } from '@sshmcp/pipeline/testing'
import { catalogFor, parseHosts, parsePolicy, parseTemplates, type Rules } from '@sshmcp/policy'
import { createSessions, type SessionLimits } from '@sshmcp/sessions'
import { plainFilter } from '@sshmcp/sessions/testing'
import { MemoryLocalFiles, MemorySftp, type Script, ScriptedTransport } from '@sshmcp/transport/testing'
import { hookedHosts } from '../hooked-hosts.ts'
import { catalog, personTools } from '../registry.generated.ts'
import type { HiddenNames, JournalFilter } from '../services.ts'
import { benchAccess, benchKeyRules } from './bench-access.ts'
import { benchApprovals, benchPeople } from './bench-approvals.ts'

const hosts = [
  { host_id: 'production-web', hostname: '10.0.0.4', ssh_user: 'deploy', labels: { env: 'production', role: 'web' } },
  { host_id: 'staging-1', hostname: '10.0.0.5', port: 2222, ssh_user: 'deploy', labels: { env: 'staging' } },
  { host_id: 'vault', hostname: '10.0.0.9', ssh_user: 'root', allowed_roles: ['admin'], description: 'Keys' },
]

const templates = [
  {
    template_id: 'disk_usage',
    description: 'Free space per file system',
    command: 'df -h',
    allowed_params: {},
    risk_level: 'low',
  },
  {
    template_id: 'tail_log',
    description: 'Last lines of a log',
    command: 'tail -n {lines} {log_path}',
    allowed_params: { lines: '^[0-9]{1,5}$', log_path: '^/var/log/[a-zA-Z0-9_./-]+$' },
    param_info: { lines: { description: 'How many', example: '100' } },
    risk_level: 'low',
  },
  {
    template_id: 'restart_web',
    description: 'Restart nginx',
    argv: ['systemctl', 'restart', 'nginx'],
    sudo: true,
    risk_level: 'high',
  },
  {
    template_id: 'slow',
    description: 'Takes long',
    command: 'sleep 60',
    allowed_params: {},
    risk_level: 'low',
    timeout_seconds: 1,
  },
  {
    template_id: 'rotate',
    description: 'Rotate logs',
    argv: ['logrotate', '-f', '/etc/logrotate.conf'],
    allowed_roles: ['admin'],
  },
]

export function testRules(overrides: Partial<Rules> = {}): Rules {
  return {
    hosts: parseHosts(JSON.stringify(hosts), 'hosts.json', { osUser: 'me' }),
    templates: parseTemplates(JSON.stringify(templates), 'templates.json'),
    policy: parsePolicy(undefined),
    readOnly: false,
    ...overrides,
  }
}

export interface ToolBenchOptions {
  readonly roles?: readonly Role[]
  readonly rules?: Rules
  /** What a host answers. */
  readonly run?: Script
  readonly events?: readonly AuditEntry[]
  readonly mode?: ApprovalMode
  /** The files of every host; without it hosts offer none. */
  readonly files?: MemorySftp
  /** Whether callers fetch files from the server. */
  readonly servesFiles?: boolean
}

const limits: SessionLimits = {
  outputMaxBytes: 65_536,
  sessionIdleTimeoutSeconds: 300,
  maxSessions: 2,
  maxBackgroundJobs: 2,
  jobOutputMaxBytes: 1_048_576,
  jobTtlSeconds: 3600,
}

/** All tools on the real road and the real pool, over a scripted transport. */
export function toolBench(options: ToolBenchOptions = {}) {
  const {
    roles = ['operator'],
    rules = testRules(),
    run = () => ({}),
    events = [],
    files,
    servesFiles = false,
  } = options
  const transport = new ScriptedTransport(run, files === undefined ? {} : { sftp: () => reopened(files) })
  const asked: JournalFilter[] = []
  const journal = new MemoryJournal()
  const clock = new ManualClock()
  const access = benchAccess()
  const localFiles = new MemoryLocalFiles()
  const ids = sequentialIds()
  const sessions = createSessions({ transport, clock, ids, outputFilter: plainFilter, limits })
  const approvals = createApprovals({
    store: new MemoryApprovalStore(),
    clock,
    ids,
    key: new Secret(new Uint8Array(32)),
    policy: rules.policy.approvals,
    mode: options.mode ?? 'one-person',
    people: benchPeople(roles),
    containsSecret: (text) => (text.includes('hunter2') ? ['password'] : []),
    redactText: (text) => text,
  })
  const pipeline = createPipeline({
    tools: [...catalog, ...personTools],
    rules,
    keys: benchKeyRules,
    authenticate: () => aPrincipal(...roles),
    journal,
    redactor: { text: (text) => text, value: (value) => value },
    gate: approvals,
    confirmation: 'auto',
    clock,
    ids,
    bind: (caller, hooks) => ({
      approvals: benchApprovals(approvals, caller.principal),
      catalog: catalogFor(aPrincipal(...roles), rules),
      hosts: hookedHosts(sessions.forOwner(caller.principal.userId), hooks, caller),
      limits,
      localFiles,
      downloads: { offer: (path) => (servesFiles ? `https://files.test/${path}` : undefined) },
      ids,
      hiddenNames: plainNames,
      ...access,
      journal: {
        async read(filter) {
          asked.push(filter)
          return { events, verified: { fromSeq: 0, toSeq: events.length - 1, verdict: 'OK_CHAIN_ONLY' } }
        },
      },
    }),
    onFault: (_id, cause) => {
      throw cause
    },
  })
  const call = (
    tool: string,
    args: Readonly<Record<string, unknown>> = {},
    extra: Partial<CallRequest> = {},
  ): Promise<Reply> =>
    pipeline.call({
      tool,
      args,
      credential: { kind: 'local' },
      client: { name: 'test', version: '1' },
      via: 'model',
      signal: new AbortController().signal,
      ...extra,
    })
  return { call, access, approvals, localFiles, transport, sessions, asked, journal, clock }
}

/** Names as they are, but for the order of their bytes. */
const plainNames: HiddenNames = {
  holdsSecret: (text) => text.includes('hunter2'),
  seal: (bytes) => Buffer.from(bytes).reverse().toString('hex'),
  open: (sealed) => (/^(?:[0-9a-f]{2})+$/.test(sealed) ? Buffer.from(sealed, 'hex').reverse() : undefined),
}

/** A fresh channel to the same files: a call closes its own. */
function reopened(files: MemorySftp): MemorySftp {
  return new MemorySftp(files.tree, files.options)
}

/** One field of each item of a list in a reply: `column(reply, 'hosts', 'host_id')`. The reply itself when it is an error. */
export function column(reply: Reply, list: string, field: string): unknown {
  const items = reply.isError ? undefined : reply.result[list]
  return Array.isArray(items) ? items.map((item) => item[field]) : reply
}
