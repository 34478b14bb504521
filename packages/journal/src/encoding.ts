import { crc32 } from 'node:zlib';
import { JournalError } from './journal-error.ts';

/** What a journal file holds: the lines in order, and how many bytes of it are whole. */
export type Decoded<Record> = { lines: Record[][]; wholeBytes: number };

/**
 * Records as the inside of a JSON array. Several such texts that are not empty, joined by commas, are the inside of one.
 *
 * @throws {@link JournalError} `JOURNAL_RECORD` when a record is not JSON (a bigint, a cycle, `undefined`).
 */
export function encodeRecords(records: readonly unknown[]): string {
  return records.map(encodeRecord).join(',');
}

function encodeRecord(record: unknown): string {
  let cause: unknown;
  try {
    const text = JSON.stringify(record);
    if (text !== undefined) return text;
  } catch (error) {
    cause = error;
  }
  throw new JournalError('A record is not JSON.', { code: 'JOURNAL_RECORD', fault: 'protocol', cause });
}

/** One line: a checksum and records. It is there as a whole or not at all. */
export function encodeLine(inside: string): Buffer {
  const body = `[${inside}]`;
  return Buffer.from(`${checksum(body)} ${body}\n`);
}

/**
 * Reads a journal. A line that is cut off or damaged at the very end is what a crash leaves and is left out.
 *
 * @throws {@link JournalError} `JOURNAL_CORRUPT` when a damaged line has whole ones behind it: no crash does that.
 */
export function decodeJournal<Record>(bytes: Buffer, path: string, hint?: string): Decoded<Record> {
  const lines: Record[][] = [];
  let wholeBytes = 0;
  let damagedAt: number | undefined;
  for (let start = 0; start < bytes.length; ) {
    const newline = bytes.indexOf(0x0a, start);
    const end = newline === -1 ? bytes.length : newline;
    const line = newline === -1 ? undefined : decodeLine<Record>(bytes.toString('utf8', start, end));
    if (line === undefined) damagedAt ??= start;
    else if (damagedAt !== undefined) throw corrupt(path, damagedAt, hint);
    else {
      lines.push(line);
      wholeBytes = end + 1;
    }
    start = end + 1;
  }
  return { lines, wholeBytes };
}

function decodeLine<Record>(line: string): Record[] | undefined {
  const body = line.slice(9);
  if (line[8] !== ' ' || line.slice(0, 8) !== checksum(body)) return undefined;
  return JSON.parse(body) as Record[];
}

function checksum(text: string): string {
  return crc32(text).toString(16).padStart(8, '0');
}

function corrupt(path: string, offset: number, hint: string | undefined): JournalError {
  return new JournalError(`The journal ${path} is damaged at byte ${offset}.`, {
    code: 'JOURNAL_CORRUPT',
    hint:
      hint ?? 'Restore it from a copy. Moving it away starts afresh, without knowing what was done before.',
    details: { path, offset },
  });
}
