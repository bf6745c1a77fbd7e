export { aCommand, aHost, aPrincipal } from './builders.ts'
export type { ContractCase } from './contract-case.ts'
export { ManualClock } from './manual-clock.ts'
export { sequentialIds } from './sequential-ids.ts'
