export { plainFilter, wordFilter } from './plain-filter.ts'
