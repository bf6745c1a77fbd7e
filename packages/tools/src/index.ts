export { factsErrors, keyErrors } from './errors.ts'
export { hookedHosts } from './hooked-hosts.ts'
export { catalog, personTools } from './registry.generated.ts'
export type {
  CallersApprovals,
  CallersCertificates,
  CallersKeys,
  Decided,
  HiddenNames,
  HostOutcome,
  JournalExcerpt,
  JournalFilter,
  ToolServices,
} from './services.ts'
