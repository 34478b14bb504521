export {
  type Journal,
  type JournalMeaning,
  type OpenJournalOptions,
  openJournal,
  openMemoryJournal,
  readJournal,
} from './journal.ts';
export { JournalError, type JournalErrorCode, type JournalHints } from './journal-error.ts';
export { type Lock, type LockOwner, takeLock } from './lock.ts';
