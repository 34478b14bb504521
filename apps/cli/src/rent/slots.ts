import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { JournalError, openJournal, readJournal, takeLock } from '@millrace/journal';
import { RENT_MEANING, RentError, type RentState, type RentStore } from '@millrace/sdk/rent';
import { readStops } from './stops.ts';

/** Books of a payer that this process may write. */
export type Slot = {
  readonly number: number;
  readonly path: string;
  readonly state: RentState;
  readonly store: RentStore;
  readonly release: () => Promise<void>;
};

/** Books of a payer, whoever writes them. */
export type SlotView = { readonly number: number; readonly path: string; readonly state: RentState };

/** More processes of one payer than this do not rent at once. */
const MOST_SLOTS = 64;
const FILE = /^(\d+)\.journal$/;

/**
 * Takes the first books that no other process writes, or begins new ones. Each has channels of its own, so that several
 * processes of one payer can rent at once and never sign for the same channel.
 *
 * @throws {@link JournalError} `JOURNAL_LOCKED` when all are taken; `JOURNAL_CORRUPT`, `JOURNAL_FAILED`.
 */
export async function takeSlot(folder: string): Promise<Slot> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  for (let number = 0; number < MOST_SLOTS; number++) {
    const slot = await takeIfFree(folder, number);
    if (slot) return slot;
  }
  throw new JournalError(`${MOST_SLOTS} processes rent for this account already.`, {
    code: 'JOURNAL_LOCKED',
    hint: 'Wait until one of them has ended.',
    details: { folder },
  });
}

/**
 * Takes the books of this number.
 *
 * @throws {@link JournalError} `JOURNAL_LOCKED` when another process writes them.
 */
export async function takeSlotNumber(folder: string, number: number): Promise<Slot> {
  const path = join(folder, `${number}.journal`);
  const lock = await takeLock(`${path}.lock`, {
    name: 'job or channel command',
    hint: 'Wait until it has ended: `millrace job list` shows what runs.',
  });
  try {
    const journal = await openJournal(path, RENT_MEANING);
    return {
      number,
      path,
      state: journal.state,
      store: { load: async () => journal.state, append: journal.append },
      release: async () => {
        await journal.close();
        await lock.release();
      },
    };
  } catch (error) {
    await lock.release();
    throw error;
  }
}

/** All books of a payer, as they are now. A job that was told to stop has ended, also before its books say so. */
export async function readSlots(folder: string): Promise<SlotView[]> {
  return Promise.all(
    numbersIn(folder).map(async (number) => {
      const path = join(folder, `${number}.journal`);
      return { number, path, state: withStops(path, await readBooks(path)) };
    }),
  );
}

/** Books as they are written. */
export async function readBooks(path: string): Promise<RentState> {
  return await readJournal(path, RENT_MEANING);
}

function withStops(path: string, state: RentState): RentState {
  for (const [id, at] of readStops(path)) {
    const job = state.jobs.get(id);
    if (job === undefined || job.ended !== undefined) continue;
    job.ended = { at, error: new RentError('RENT_STOPPED', 'The job was stopped.', { job: id }).toJSON() };
  }
  return state;
}

async function takeIfFree(folder: string, number: number): Promise<Slot | undefined> {
  try {
    return await takeSlotNumber(folder, number);
  } catch (error) {
    if (error instanceof JournalError && error.code === 'JOURNAL_LOCKED') return undefined;
    throw error;
  }
}

function numbersIn(folder: string): number[] {
  try {
    const numbers = readdirSync(folder).flatMap((name) => FILE.exec(name)?.slice(1, 2).map(Number) ?? []);
    return numbers.sort((a, b) => a - b);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
