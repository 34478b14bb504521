import { JournalError } from '../errors.ts';
import { openJournalFile } from './journal-file.ts';
import type { JournalRecord } from './records.ts';
import { applyRecord, emptyState, type JournalState, toRecords } from './state.ts';

/** Facts that outlive the process. */
export type Journal = {
  /** What the facts add up to. Read it; it changes only by {@link Journal.append}. */
  readonly state: JournalState;
  /** How many bytes of a torn last line were dropped when it was opened. */
  readonly droppedBytes: number;
  /** Why nothing can be written any more. */
  readonly failure: JournalError | undefined;
  /**
   * Makes facts durable, all or none, and only then part of `state`.
   *
   * @throws {@link JournalError} `JOURNAL_FAILED` when the disk refuses; nothing can be appended after that.
   */
  append: (...records: JournalRecord[]) => Promise<void>;
  close: () => Promise<void>;
};

export type OpenJournalOptions = {
  /** Rewrites the file, as short as it can be, when it is larger than this and has doubled since. Default: 1 MiB. */
  compactAboveBytes?: number | undefined;
};

/** A journal that is forgotten with the process: for dry runs. */
export function openMemoryJournal(): Journal {
  const state = emptyState();
  return {
    state,
    droppedBytes: 0,
    failure: undefined,
    append: async (...records) => {
      for (const record of records) applyRecord(state, record);
    },
    close: async () => {},
  };
}

/**
 * Opens or creates the journal at `path` and drops a torn last line.
 *
 * @throws {@link JournalError} `JOURNAL_CORRUPT` or `JOURNAL_FAILED`.
 */
export async function openJournal(path: string, options: OpenJournalOptions = {}): Promise<Journal> {
  const { file, records, droppedBytes } = await openJournalFile(path).catch((cause: unknown) => {
    throw cause instanceof JournalError ? cause : refused(path, cause);
  });
  const state = emptyState();
  for (const record of records) applyRecord(state, record);
  const least = options.compactAboveBytes ?? 1 << 20;
  let compactAbove = least;
  let queue: Promise<void> = Promise.resolve();
  let failure: JournalError | undefined;

  async function write(batch: JournalRecord[]): Promise<void> {
    if (failure !== undefined) throw failure;
    try {
      await file.append(batch);
      for (const record of batch) applyRecord(state, record);
      if (file.size > compactAbove) {
        await file.rewrite(toRecords(state));
        compactAbove = Math.max(least, 2 * file.size);
      }
    } catch (cause) {
      // A half-written line may be there: what came behind it could not be read again.
      failure = refused(path, cause);
      throw failure;
    }
  }

  return {
    state,
    droppedBytes,
    get failure() {
      return failure;
    },
    append: (...batch) => {
      const written = queue.then(() => write(batch));
      queue = written.catch(() => {});
      return written;
    },
    close: async () => {
      await queue;
      await file.close();
    },
  };
}

function refused(path: string, cause: unknown): JournalError {
  return new JournalError(`The journal ${path} cannot be read or written.`, {
    code: 'JOURNAL_FAILED',
    hint: 'Check that its folder exists, is writable and has room. The keeper sends nothing that it cannot write down first.',
    details: { path },
    cause,
  });
}
