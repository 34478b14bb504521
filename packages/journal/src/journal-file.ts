import { type FileHandle, open, readFile, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { decodeJournal, encodeLine, encodeRecords } from './encoding.ts';

/** A file of lines that can be appended to. Not for two writers at once. */
type JournalFile = {
  /** How many bytes it has. */
  readonly size: number;
  /** Appends one line of what {@link encodeRecords} made. Durable when it resolves. */
  append: (inside: string) => Promise<void>;
  /** Puts other records in place of everything: after a crash either the old or the new is there, never half. */
  rewrite: (records: Iterable<unknown>) => Promise<void>;
  close: () => Promise<void>;
};

/** What was in it when it was opened. */
export type Recovered<Record> = { file: JournalFile; records: Record[]; droppedBytes: number };

/** So that no line of a long journal is longer than a string can be. */
const RECORDS_A_LINE = 1_000;

/** The records of a file that need not exist, without what a crash left half-written at its end. */
export async function readJournalFile<Record>(path: string, hint?: string) {
  const bytes = await readFile(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return Buffer.alloc(0);
    throw error;
  });
  const { lines, wholeBytes } = decodeJournal<Record>(bytes, path, hint);
  return { records: lines.flat(), wholeBytes, droppedBytes: bytes.length - wholeBytes };
}

/** Opens or creates a file and cuts off what a crash left half-written at its end. */
export async function openJournalFile<Record>(path: string, hint?: string): Promise<Recovered<Record>> {
  const { records, wholeBytes, droppedBytes } = await readJournalFile<Record>(path, hint);
  let handle = await open(path, 'a', 0o600);
  if (droppedBytes > 0) await handle.truncate(wholeBytes);
  await handle.sync();
  await syncFolder(path);
  let size = wholeBytes;

  const file: JournalFile = {
    get size() {
      return size;
    },
    append: async (inside) => {
      const line = encodeLine(inside);
      await handle.appendFile(line);
      await handle.datasync();
      size += line.length;
    },
    rewrite: async (all) => {
      const next = await open(`${path}.next`, 'w', 0o600);
      size = await writeLines(next, [...all]);
      await next.sync();
      await rename(`${path}.next`, path);
      await syncFolder(path);
      await handle.close();
      handle = next;
    },
    close: () => handle.close(),
  };
  return { file, records, droppedBytes };
}

async function writeLines(handle: FileHandle, records: readonly unknown[]): Promise<number> {
  let size = 0;
  for (let from = 0; from < records.length; from += RECORDS_A_LINE) {
    const line = encodeLine(encodeRecords(records.slice(from, from + RECORDS_A_LINE)));
    await handle.appendFile(line);
    size += line.length;
  }
  return size;
}

/** A new name is durable only when its folder is. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(dirname(path), 'r');
  await folder.sync().finally(() => folder.close());
}
