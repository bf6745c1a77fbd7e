import type { ActionOf } from '@sshmcp/kernel'
import type { PolicyCode } from '../errors.ts'
import type { TransferPolicy } from '../policy-config.ts'
import type { Rules } from '../rules.ts'
import { type FileRules, fileRulesOf, refuseName, refusePath } from './file-rules.ts'

/** Every action on a file of a host. */
export type FileAction = ActionOf<'file.list' | 'file.read' | 'file.write' | 'file.delete'>

/** The rules for files on a configured host. */
export function rulesForFiles(rules: Rules, hostId: string): FileRules {
  const narrowing: Partial<TransferPolicy> | undefined = rules.hosts.find((host) => host.hostId === hostId)?.transfer
  return fileRulesOf(rules.policy.transfer, narrowing)
}

/** Why an action on a file is refused by what it says; its role and host have been looked at. */
export function refuseFile(
  action: FileAction,
  rules: Rules,
): { readonly code: PolicyCode; readonly reason: string } | undefined {
  const fileRules = rulesForFiles(rules, action.host.hostId)
  if (action.verb === 'file.list') return refusePath(action.remotePath, fileRules, 'list')
  if (rules.readOnly) {
    return { code: 'POLICY_READ_ONLY', reason: 'The server is in read-only mode; no file is moved or deleted.' }
  }
  const refused = refusePath(action.remotePath, fileRules, 'file')
  if (refused !== undefined) return refused
  if (action.verb !== 'file.delete') {
    const name = action.localPath.slice(action.localPath.lastIndexOf('/') + 1)
    const refusedName = refuseName(name, fileRules)
    if (refusedName !== undefined) return refusedName
  }
  return refuseSilence(action, fileRules)
}

function refuseSilence(action: Exclude<FileAction, ActionOf<'file.list'>>, rules: FileRules) {
  const isNeeded =
    action.verb === 'file.delete' || (action.verb === 'file.read' && rules.requireJustificationForDownload)
  if (!isNeeded || action.justification.trim() !== '') return undefined
  const what = action.verb === 'file.delete' ? 'Deleting a file' : 'A download'
  return { code: 'POLICY_JUSTIFICATION_REQUIRED', reason: `${what} needs a justification.` } as const
}
