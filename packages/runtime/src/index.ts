export type { Reply } from '@sshmcp/pipeline'
export type { Config, Places } from './config.ts'
export { type Adapters, createRuntime, type Runtime, type RuntimeOptions } from './create-runtime.ts'
export { type Environment, parseEnvironment, type Settings } from './environment.ts'
export { runtimeErrors } from './errors.ts'
export {
  addIdentity,
  type IssuedIdentity,
  listIdentities,
  type NewIdentity,
  revokeIdentity,
} from './identities-admin.ts'
export { type Change, type Desk, journalChange } from './journal-change.ts'
export { type AuditEntry, followJournal, type VerifiedJournal, verifyJournal } from './journal-on-disk.ts'
export { loadConfig, type Surroundings } from './loader/load-config.ts'
export { type OpenedRuntime, openRuntime } from './open-runtime.ts'
export { placesOf } from './places.ts'
