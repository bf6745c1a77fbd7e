// Generated from catalog/ by `pnpm gen`. Not edited by hand.
import getAuditLogs from './catalog/get-audit-logs.ts'
import getHostFacts from './catalog/get-host-facts.ts'
import listHosts from './catalog/list-hosts.ts'
import listTemplates from './catalog/list-templates.ts'
import runSshCommand from './catalog/run-ssh-command.ts'

/** Every tool that a model can call, one per file of `catalog/`. */
export const catalog = [getAuditLogs, getHostFacts, listHosts, listTemplates, runSshCommand] as const
