import { randomUUID } from 'node:crypto';
import { readFileSync, renameSync } from 'node:fs';
import { readFile, stat, unlink, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { JournalError } from './journal-error.ts';
import { processStart } from './process-start.ts';

/** How often the holder of a lock shows that it is alive, and after how long without it others may take it. */
const BEAT_MILLISECONDS = 2_000;
const STALE_MILLISECONDS = 30_000;
/** Two that find the same stale lock both write their name; whoever is still there after this has it. */
const SETTLE_MILLISECONDS = 150;

type Holder = { token: string; pid: number; started: string; host: string };

/** Words for those who are refused: `name` as in “Another node uses this journal”. */
export type LockOwner = { readonly name?: string; readonly hint?: string };

/** The right to write one journal, or whatever else one process at a time may do. */
export type Lock = {
  /**
   * @throws {@link JournalError} `JOURNAL_LOCKED` when somebody took it while this process was stopped for long.
   */
  verify: () => Promise<void>;
  release: () => Promise<void>;
};

/**
 * Takes the lock file at `path`. A lock is stale when its process is gone (same host: by number and start time), or,
 * from another host, when it has not been touched for 30 seconds.
 *
 * @throws {@link JournalError} `JOURNAL_LOCKED` when another process holds it, `JOURNAL_FAILED` when it cannot be written.
 */
export async function takeLock(path: string, owner: LockOwner = {}): Promise<Lock> {
  const me: Holder = {
    token: randomUUID(),
    pid: process.pid,
    started: await processStart(process.pid),
    host: hostname(),
  };
  if (!(await create(path, me))) {
    const holder = await read(path);
    if (holder && (await isAlive(path, holder))) throw locked(path, holder, owner);
    await replace(path, holder, me, owner);
  }
  const beat = setInterval(() => {
    const now = new Date();
    utimes(path, now, now).catch(() => {});
  }, BEAT_MILLISECONDS);
  beat.unref();

  return {
    verify: async () => {
      const holder = await read(path);
      if (holder?.token !== me.token) throw locked(path, holder, owner);
    },
    release: async () => {
      clearInterval(beat);
      if ((await read(path))?.token === me.token) await unlink(path).catch(() => {});
    },
  };
}

async function create(path: string, me: Holder): Promise<boolean> {
  try {
    await writeFile(path, JSON.stringify(me), { flag: 'wx', mode: 0o600 });
    return true;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw new JournalError(`The lock ${path} cannot be written.`, {
      code: 'JOURNAL_FAILED',
      hint: 'Check that its folder exists and is writable.',
      cause,
    });
  }
}

async function replace(path: string, stale: Holder | undefined, me: Holder, owner: LockOwner): Promise<void> {
  const mine = `${path}.${me.token}`;
  await writeFile(mine, JSON.stringify(me), { mode: 0o600 });
  // Looked at once more, with nothing in between: whoever was slow until here must not take what another has taken since.
  const now = readNow(path);
  if (now && now.token !== stale?.token) {
    await unlink(mine).catch(() => {});
    throw locked(path, now, owner);
  }
  renameSync(mine, path);
  await new Promise((done) => setTimeout(done, SETTLE_MILLISECONDS));
  const holder = await read(path);
  if (holder?.token !== me.token) throw locked(path, holder, owner);
}

async function read(path: string): Promise<Holder | undefined> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as Holder;
  } catch {
    return undefined;
  }
}

function readNow(path: string): Holder | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Holder;
  } catch {
    return undefined;
  }
}

async function isAlive(path: string, holder: Holder): Promise<boolean> {
  if (holder.host === hostname()) return (await processStart(holder.pid)) === holder.started;
  const touched = await stat(path).catch(() => undefined);
  return touched !== undefined && Date.now() - touched.mtimeMs < STALE_MILLISECONDS;
}

function locked(path: string, holder: Holder | undefined, owner: LockOwner): JournalError {
  const who = holder ? `process ${holder.pid} on ${holder.host}` : 'another process';
  return new JournalError(`Another ${owner.name ?? 'program'} uses this journal: ${who}.`, {
    code: 'JOURNAL_LOCKED',
    hint: owner.hint ?? 'Stop it first, or give this one its own journal.',
    details: { path, pid: holder?.pid, host: holder?.host },
  });
}
