import { type FileHandle, open, readFile, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { JournalError } from '../errors.ts';
import { decodeJournal, encodeBatch } from './encoding.ts';
import type { JournalRecord } from './records.ts';
import { applyRecord, emptyState, type JournalState, toRecords } from './state.ts';

/** A file that grew beyond this is rewritten when it is opened. Bytes. */
const COMPACT_ABOVE = 1 << 20;

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
 * Opens or creates the journal at `path`: reads it, drops a torn last line, and rewrites it when it has grown long.
 *
 * @throws {@link JournalError} `JOURNAL_CORRUPT` or `JOURNAL_FAILED`.
 */
export async function openJournal(path: string): Promise<Journal> {
  const state = emptyState();
  const { file, droppedBytes } = await recover(path, state).catch((cause: unknown) => {
    throw cause instanceof JournalError ? cause : refused(path, cause);
  });
  let queue: Promise<void> = Promise.resolve();
  let failure: JournalError | undefined;

  async function write(records: JournalRecord[]): Promise<void> {
    if (failure !== undefined) throw failure;
    try {
      await file.appendFile(encodeBatch(records));
      await file.datasync();
    } catch (cause) {
      // A half-written line may be there: what came behind it could not be read again.
      failure = refused(path, cause);
      throw failure;
    }
    for (const record of records) applyRecord(state, record);
  }

  return {
    state,
    droppedBytes,
    get failure() {
      return failure;
    },
    append: (...records) => {
      const written = queue.then(() => write(records));
      queue = written.catch(() => {});
      return written;
    },
    close: async () => {
      await queue;
      await file.close();
    },
  };
}

async function recover(
  path: string,
  state: JournalState,
): Promise<{ file: FileHandle; droppedBytes: number }> {
  const bytes = await readFile(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return Buffer.alloc(0);
    throw error;
  });
  const { batches, wholeBytes } = decodeJournal(bytes, path);
  for (const record of batches.flat()) applyRecord(state, record);
  const droppedBytes = bytes.length - wholeBytes;
  if (wholeBytes > COMPACT_ABOVE) await rewrite(path, state);
  const file = await open(path, 'a', 0o600);
  if (droppedBytes > 0 && wholeBytes <= COMPACT_ABOVE) await file.truncate(wholeBytes);
  await file.sync();
  await syncFolder(path);
  return { file, droppedBytes };
}

/** Old or new, never half: the new file takes the old one's name once it is durable. */
async function rewrite(path: string, state: JournalState): Promise<void> {
  const next = `${path}.next`;
  const file = await open(next, 'w', 0o600);
  await file.writeFile(encodeBatch(toRecords(state)));
  await file.sync();
  await file.close();
  await rename(next, path);
  await syncFolder(path);
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(dirname(path), 'r');
  await folder.sync().finally(() => folder.close());
}

function refused(path: string, cause: unknown): JournalError {
  return new JournalError(`The journal ${path} cannot be read or written.`, {
    code: 'JOURNAL_FAILED',
    hint: 'Check that its folder exists, is writable and has room. The keeper sends nothing that it cannot write down first.',
    details: { path },
    cause,
  });
}
