import type { AuditEntry } from '@sshmcp/audit'
import type { Role } from '@sshmcp/kernel'
import { aPrincipal, ManualClock, sequentialIds } from '@sshmcp/kernel/testing'
import { closedGate, createPipeline, type Reply } from '@sshmcp/pipeline'
import { MemoryJournal } from '@sshmcp/pipeline/testing'
import { catalogFor, parseHosts, parsePolicy, parseTemplates, type Rules } from '@sshmcp/policy'
import type { Command, ExecOutcome } from '@sshmcp/sessions'
import { catalog } from '../registry.generated.ts'
import type { JournalFilter } from '../services.ts'

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

export const anOutcome: ExecOutcome = {
  exitCode: 0,
  signal: null,
  stdout: '',
  stderr: '',
  durationMs: 12,
  timedOut: false,
  cancelled: false,
  truncated: false,
  redactions: {},
  cleaned: 0,
  connection: { hostKeyFingerprint: 'SHA256:key', login: 'deploy', authenticatedWith: 'test' },
}

export interface ToolBenchOptions {
  readonly roles?: readonly Role[]
  readonly rules?: Rules
  /** What a host answers. */
  readonly run?: (command: Command) => Partial<ExecOutcome>
  readonly events?: readonly AuditEntry[]
}

/** All tools on the real road, over services that only remember what they were asked. */
export function toolBench({
  roles = ['operator'],
  rules = testRules(),
  run = () => ({}),
  events = [],
}: ToolBenchOptions = {}) {
  const sent: { hostId: string; command: Command }[] = []
  const asked: JournalFilter[] = []
  const journal = new MemoryJournal()
  const pipeline = createPipeline({
    tools: catalog,
    rules,
    authenticate: () => aPrincipal(...roles),
    journal,
    redactor: { text: (text) => text, value: (value) => value },
    gate: closedGate,
    clock: new ManualClock(),
    ids: sequentialIds(),
    bind: (principal) => ({
      catalog: catalogFor(principal, rules),
      hosts: {
        async exec(host, command, { onProgress }) {
          sent.push({ hostId: host.hostId, command })
          onProgress?.(1)
          return { ...anOutcome, ...run(command) }
        },
      },
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
  const call = (tool: string, args: Readonly<Record<string, unknown>> = {}): Promise<Reply> =>
    pipeline.call({
      tool,
      args,
      credential: { kind: 'local' },
      client: { name: 'test', version: '1' },
      signal: new AbortController().signal,
    })
  return { call, sent, asked, journal }
}

/** One field of each item of a list in a reply: `column(reply, 'hosts', 'host_id')`. The reply itself when it is an error. */
export function column(reply: Reply, list: string, field: string): unknown {
  const items = reply.isError ? undefined : reply.result[list]
  return Array.isArray(items) ? items.map((item) => item[field]) : reply
}
