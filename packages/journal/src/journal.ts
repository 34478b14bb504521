import { encodeRecords } from './encoding.ts';
import { createGroupCommit } from './group-commit.ts';
import { JournalError, type JournalHints } from './journal-error.ts';
import { openJournalFile, readJournalFile } from './journal-file.ts';

/** What records mean. `apply` changes the state in place. */
export type JournalMeaning<Record, State> = {
  readonly empty: () => State;
  readonly apply: (state: State, record: Record) => void;
};

/** How a journal is kept. */
export type OpenJournalOptions<Record, State> = JournalMeaning<Record, State> & {
  /** The shortest list of records that adds up to `state`: what a journal that grew too long is rewritten as. */
  readonly toRecords: (state: State) => Iterable<Record>;
  /** Rewrites the file when it is larger than this and has doubled since. Default: 1 MiB. */
  readonly compactAboveBytes?: number | undefined;
  readonly hints?: JournalHints | undefined;
};

/** Facts that outlive the process. A record is JSON: what comes back is what `JSON.parse` makes of it. */
export type Journal<Record, State> = {
  /** What the records add up to. Read it; it changes only by {@link Journal.append}. */
  readonly state: State;
  /** How many bytes of a torn last line were dropped when it was opened. */
  readonly droppedBytes: number;
  /** Why nothing can be written any more. */
  readonly failure: JournalError | undefined;
  /**
   * Makes records durable, all or none, and only then part of `state`. Calls that wait at the same time share one write
   * and one fsync, in the order of the calls. Without records it waits for all calls before.
   *
   * @throws {@link JournalError} `JOURNAL_FAILED` when the disk refuses; nothing can be appended after that.
   * `JOURNAL_RECORD` when a record is not JSON; then nothing happened.
   */
  append: (...records: Record[]) => Promise<void>;
  /** Waits for what is being written. */
  close: () => Promise<void>;
};

type Batch<Record> = { records: readonly Record[]; inside: string };

/** A journal that is forgotten with the process: for rehearsals. */
export function openMemoryJournal<Record, State>(
  meaning: JournalMeaning<Record, State>,
): Journal<Record, State> {
  const state = meaning.empty();
  return {
    state,
    droppedBytes: 0,
    failure: undefined,
    append: async (...records) => {
      for (const record of records) meaning.apply(state, record);
    },
    close: async () => {},
  };
}

/**
 * What the journal at `path` adds up to now. Writes nothing: another process may be writing it. A file that is not there
 * is an empty journal.
 *
 * @throws {@link JournalError} `JOURNAL_CORRUPT` or `JOURNAL_FAILED`.
 */
export async function readJournal<Record, State>(
  path: string,
  { empty, apply, hints }: JournalMeaning<Record, State> & { readonly hints?: JournalHints | undefined },
): Promise<State> {
  const { records } = await readJournalFile<Record>(path, hints?.JOURNAL_CORRUPT).catch((cause: unknown) => {
    throw refused(path, cause, hints);
  });
  const state = empty();
  for (const record of records) apply(state, record);
  return state;
}

/**
 * Opens or creates the journal at `path` and drops a torn last line. One process at a time may have it open: see
 * {@link takeLock}.
 *
 * @throws {@link JournalError} `JOURNAL_CORRUPT` or `JOURNAL_FAILED`.
 *
 * @example
 * ```ts
 * const journal = await openJournal<{ add: number }, { sum: number }>('sum.journal', {
 *   empty: () => ({ sum: 0 }),
 *   apply: (state, { add }) => {
 *     state.sum += add
 *   },
 *   toRecords: ({ sum }) => [{ add: sum }],
 * })
 * await journal.append({ add: 2 }, { add: 3 })
 * journal.state.sum // 5, now and after any crash
 * ```
 */
export async function openJournal<Record, State>(
  path: string,
  { empty, apply, toRecords, compactAboveBytes = 1 << 20, hints }: OpenJournalOptions<Record, State>,
): Promise<Journal<Record, State>> {
  const opened = openJournalFile<Record>(path, hints?.JOURNAL_CORRUPT);
  const { file, records, droppedBytes } = await opened.catch((cause: unknown) => {
    throw refused(path, cause, hints);
  });
  const state = empty();
  for (const record of records) apply(state, record);
  let compactAbove = compactAboveBytes;
  let failure: JournalError | undefined;

  // After a failure a half-written line may be there: what came behind it could not be read again.
  async function guarded(work: () => Promise<void>): Promise<void> {
    if (failure !== undefined) throw failure;
    try {
      await work();
    } catch (cause) {
      failure = refused(path, cause, hints);
      throw failure;
    }
  }

  // One line for the whole group: of several lines behind one fsync, a power cut may keep the second and not the first.
  const commit = (group: Batch<Record>[]) =>
    guarded(async () => {
      const filled = group.filter(({ inside }) => inside !== '');
      if (filled.length === 0) return;
      await file.append(filled.map(({ inside }) => inside).join(','));
      for (const batch of filled) for (const record of batch.records) apply(state, record);
    });

  const compact = () =>
    guarded(async () => {
      if (file.size <= compactAbove) return;
      await file.rewrite(toRecords(state));
      compactAbove = Math.max(compactAboveBytes, 2 * file.size);
    }).catch(() => {});

  const groups = createGroupCommit(commit, compact);

  return {
    state,
    droppedBytes,
    get failure() {
      return failure;
    },
    append: async (...added) => groups.add({ records: added, inside: encodeRecords(added) }),
    close: async () => {
      await groups.idle();
      await file.close();
    },
  };
}

function refused(path: string, cause: unknown, hints: JournalHints | undefined): JournalError {
  if (cause instanceof JournalError) return cause;
  return new JournalError(`The journal ${path} cannot be read or written.`, {
    code: 'JOURNAL_FAILED',
    hint: hints?.JOURNAL_FAILED ?? 'Check that its folder exists, is writable and has room.',
    details: { path },
    cause,
  });
}
