export { factsErrors } from './errors.ts'
export { hookedHosts } from './hooked-hosts.ts'
export { catalog, personTools } from './registry.generated.ts'
export type { CallersApprovals, Decided, JournalExcerpt, JournalFilter, ToolServices } from './services.ts'
