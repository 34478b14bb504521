import { writeSync } from 'node:fs';
import { openJournal } from '@millrace/journal';
import { list } from './meanings.ts';

/** Appends numbers without end, several at a time, and says each one that is durable. */
const path = process.argv[2] as string;
const first = Number(process.argv[3]);
const journal = await openJournal(path, { ...list, compactAboveBytes: 4_000_000 });
let next = first;

/** So that a write takes a while, and is likely to be what the kill interrupts. */
const long = (text: string) => text.padEnd(8_000, '.');

async function work(): Promise<never> {
  for (;;) {
    const id = next++;
    await journal.append({ id, text: long('first') }, { id, text: long('second') });
    // Straight to the pipe: what waits in a buffer is lost with the process.
    writeSync(1, `${id}\n`);
  }
}
await Promise.all(Array.from({ length: 16 }, work));
