import { type FileHandle, open, readFile, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { decodeJournal, encodeBatch } from './encoding.ts';
import type { JournalRecord } from './records.ts';

/** A file of batches that can be appended to. Not for two writers at once. */
type JournalFile = {
  /** How many bytes it has. */
  readonly size: number;
  /** Durable when it resolves. */
  append: (records: readonly JournalRecord[]) => Promise<void>;
  /** Puts one batch in place of everything: after a crash either the old or the new is there, never half. */
  rewrite: (records: readonly JournalRecord[]) => Promise<void>;
  close: () => Promise<void>;
};

/** What was in it when it was opened. */
export type Recovered = { file: JournalFile; records: JournalRecord[]; droppedBytes: number };

/** Opens or creates a file and cuts off what a crash left half-written at its end. */
export async function openJournalFile(path: string): Promise<Recovered> {
  const bytes = await readFile(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return Buffer.alloc(0);
    throw error;
  });
  const { batches, wholeBytes } = decodeJournal(bytes, path);
  const droppedBytes = bytes.length - wholeBytes;
  let handle = await open(path, 'a', 0o600);
  if (droppedBytes > 0) await handle.truncate(wholeBytes);
  await handle.sync();
  await syncFolder(path);
  let size = wholeBytes;

  const file: JournalFile = {
    get size() {
      return size;
    },
    append: async (records) => {
      size += await write(handle, records);
      await handle.datasync();
    },
    rewrite: async (records) => {
      const next = await open(`${path}.next`, 'w', 0o600);
      size = await write(next, records);
      await next.sync();
      await rename(`${path}.next`, path);
      await syncFolder(path);
      await handle.close();
      handle = next;
    },
    close: () => handle.close(),
  };
  return { file, records: batches.flat(), droppedBytes };
}

async function write(handle: FileHandle, records: readonly JournalRecord[]): Promise<number> {
  const bytes = Buffer.from(encodeBatch(records));
  await handle.appendFile(bytes);
  return bytes.length;
}

/** A new name is durable only when its folder is. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(dirname(path), 'r');
  await folder.sync().finally(() => folder.close());
}
