export { type JournalLine, MemoryJournal } from './memory-journal.ts'
export { noKeys } from './no-keys.ts'
