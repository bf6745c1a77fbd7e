export { factsErrors } from './errors.ts'
export { catalog } from './registry.generated.ts'
export type { JournalExcerpt, JournalFilter, ToolServices } from './services.ts'
