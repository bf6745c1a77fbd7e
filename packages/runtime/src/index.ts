export type { Reply } from '@sshmcp/pipeline'
export { readText } from '@sshmcp/store-file'
export {
  type CaOverview,
  caOverview,
  caPassphraseFromFile,
  caRevocationList,
  initCa,
  unlockCa,
} from './certificates/ca-admin.ts'
export type { Config, Places } from './config.ts'
export { createRuntime } from './create-runtime.ts'
export { type Environment, parseEnvironment, type Settings } from './environment.ts'
export { runtimeErrors } from './errors.ts'
export { exportJournal } from './export-journal.ts'
export { type HostKeys, keyWithFingerprint, lookAtHostKeys, type PresentedKey, trustHostKeys } from './host-keys.ts'
export { type LoginTrial, tryLogin } from './host-login.ts'
export { addHostEntries, type HostEntry, hostFrom, hostNamed, readHosts } from './hosts-file.ts'
export {
  addIdentity,
  type IssuedIdentity,
  listIdentities,
  type NewIdentity,
  revokeIdentity,
} from './identities-admin.ts'
export { type Change, type Desk, journalChange } from './journal-change.ts'
export { type AuditEntry, followJournal, type VerifiedJournal, verifyJournal } from './journal-on-disk.ts'
export { readTokenFile } from './loader/config-files.ts'
export { loadConfig, readConfiguration, type Surroundings } from './loader/load-config.ts'
export { openRedactor } from './loader/redaction-file.ts'
export { type OpenedRuntime, openRuntime } from './open-runtime.ts'
export { placesOf } from './places.ts'
export type { Adapters, Runtime, RuntimeLoad, RuntimeOptions } from './runtime.ts'
export { importSshConfig, type SshConfigImport } from './ssh-config-import.ts'
export {
  addTemplatePack,
  type Finding,
  type LintedFile,
  lintTemplatesFile,
  type RenderedTemplate,
  readTemplates,
  renderFromFile,
  type TemplateView,
  templateNamed,
} from './templates-file.ts'
