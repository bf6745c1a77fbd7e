export { type JournalLine, MemoryJournal } from './memory-journal.ts'
