import { join, resolve } from 'node:path'
import type { Places } from './config.ts'
import type { Settings } from './environment.ts'

/** Where everything stands, by flag, then environment, then `~/.ssh-mcp`. `~/` is the home folder; relative paths are the working directory's. */
export function placesOf(settings: Settings, flag: string | undefined, homeDir: string, cwd: string): Places {
  const absolute = (path: string): string =>
    resolve(cwd, path === '~' || path.startsWith('~/') ? join(homeDir, path.slice(1)) : path)
  const configDir = absolute(flag ?? settings.configDir ?? '~/.ssh-mcp')
  const at = (own: string | undefined, name: string): string =>
    own === undefined ? join(configDir, name) : absolute(own)
  return {
    configDir,
    hostsFile: at(settings.hostsFile, 'hosts.json'),
    templatesFile: at(settings.templatesFile, 'templates.json'),
    policyFile: join(configDir, 'policy.json'),
    identitiesFile: join(configDir, 'identities.json'),
    redactionFile: join(configDir, 'redaction.json'),
    auditLogDir: at(settings.auditLogDir, 'audit_logs'),
    certDataDir: at(settings.certDataDir, 'cert_data'),
    approvalDataDir: at(settings.approvalDataDir, 'approval_data'),
    transferDir: at(settings.transferDir, 'transfers'),
    keysDir: join(configDir, 'keys'),
  }
}
