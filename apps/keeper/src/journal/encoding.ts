import { crc32 } from 'node:zlib';
import { JournalError } from '../errors.ts';
import type { JournalRecord } from './records.ts';

/** What a journal file holds: the batches in order, and how many bytes of it are whole. */
export type Decoded = { batches: JournalRecord[][]; wholeBytes: number };

/** One line: a checksum and the records of one batch. A batch is there as a whole or not at all. */
export function encodeBatch(records: readonly JournalRecord[]): string {
  const body = JSON.stringify(records);
  return `${checksum(body)} ${body}\n`;
}

/**
 * Reads a journal. A line that is cut off or damaged at the very end is what a crash leaves and is left out.
 *
 * @throws {@link JournalError} `JOURNAL_CORRUPT` when a damaged line has whole ones behind it: no crash does that.
 */
export function decodeJournal(bytes: Buffer, path: string): Decoded {
  const batches: JournalRecord[][] = [];
  let wholeBytes = 0;
  let damagedAt: number | undefined;
  for (let start = 0; start < bytes.length; ) {
    const newline = bytes.indexOf(0x0a, start);
    const end = newline === -1 ? bytes.length : newline;
    const batch = newline === -1 ? undefined : decodeBatch(bytes.toString('utf8', start, end));
    if (batch === undefined) damagedAt ??= start;
    else if (damagedAt !== undefined) throw corrupt(path, damagedAt);
    else {
      batches.push(batch);
      wholeBytes = end + 1;
    }
    start = end + 1;
  }
  return { batches, wholeBytes };
}

function decodeBatch(line: string): JournalRecord[] | undefined {
  const body = line.slice(9);
  if (line[8] !== ' ' || line.slice(0, 8) !== checksum(body)) return undefined;
  return JSON.parse(body) as JournalRecord[];
}

function checksum(text: string): string {
  return crc32(text).toString(16).padStart(8, '0');
}

function corrupt(path: string, offset: number): JournalError {
  return new JournalError(`The journal ${path} is damaged at byte ${offset}.`, {
    code: 'JOURNAL_CORRUPT',
    hint: 'Restore it from a copy. Moving it away starts afresh: then wait first until no transaction of the keeper is pending.',
    details: { path, offset },
  });
}
