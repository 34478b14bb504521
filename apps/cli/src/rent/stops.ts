import { closeSync, fsyncSync, openSync, readFileSync, unwatchFile, watchFile, writeSync } from 'node:fs';

/** Jobs that are to end, by id, and since when, milliseconds since 1970. */
export type Stops = ReadonlyMap<string, number>;

const LINE = /^(\w{1,128}) (\d{1,16})$/;
const LOOK_MILLISECONDS = 100;

/**
 * Asks for the end of a job in books that another process may be writing. Durable when it returns: whoever has the books, now or
 * next, ends the job.
 *
 * @param journal the file of the books
 */
export function requestStop(journal: string, job: string): void {
  const file = openSync(fileOf(journal), 'a', 0o600);
  try {
    // One short line at the end of a file: writers do not get in each other’s way.
    writeSync(file, `${job} ${Date.now()}\n`);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** What was asked for so far; jobs that have ended since are among it. */
export function readStops(journal: string): Stops {
  let text: string;
  try {
    text = readFileSync(fileOf(journal), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return new Map();
    throw error;
  }
  const lines = text.split('\n').map((line) => LINE.exec(line));
  return new Map(lines.flatMap((line) => (line?.[1] ? [[line[1], Number(line[2])] as const] : [])));
}

/** Tells of every job that is to end: of those that are known at once, of others soon. @returns ends the telling */
export function watchStops(journal: string, onStop: (job: string) => void): () => void {
  const told = new Set<string>();
  const look = (): void => {
    for (const job of readStops(journal).keys()) {
      if (told.has(job)) continue;
      told.add(job);
      onStop(job);
    }
  };
  const path = fileOf(journal);
  watchFile(path, { interval: LOOK_MILLISECONDS, persistent: false }, look);
  look();
  return () => unwatchFile(path, look);
}

function fileOf(journal: string): string {
  return `${journal}.stops`;
}
