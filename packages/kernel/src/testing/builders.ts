import type { CommandPlan } from '../action.ts'
import type { Host } from '../host.ts'
import { parseHostId, parseTemplateId, parseUserId } from '../ids.ts'
import type { Principal, Role } from '../principal.ts'

/** The host `web-1`: 127.0.0.1, port 22, account `deploy`; what is given stands in for that. */
export function aHost(overrides: Partial<Host> = {}): Host {
  return {
    hostId: parseHostId('web-1'),
    hostname: '127.0.0.1',
    port: 22,
    sshUser: 'deploy',
    labels: {},
    description: '',
    allowedRoles: undefined,
    allowedTemplates: undefined,
    identityFile: undefined,
    hostKeyFingerprints: [],
    proxyJump: undefined,
    ...overrides,
  }
}

/** Alice, with these roles. */
export function aPrincipal(...roles: readonly Role[]): Principal {
  return { userId: parseUserId('alice'), displayName: 'Alice', roles: new Set(roles) }
}

/** A command without parameters; what is given stands in for its parts. */
export function aCommand(overrides: Partial<CommandPlan> = {}): CommandPlan {
  return {
    templateId: parseTemplateId('disk_usage'),
    risk: 'low',
    allowedRoles: undefined,
    line: 'df -h',
    stdin: '',
    timeoutSeconds: 30,
    needsServedShell: false,
    ...overrides,
  }
}
