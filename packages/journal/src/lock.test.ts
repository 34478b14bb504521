import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { takeLock } from './lock.ts';
import { processStart } from './process-start.ts';

const folder = mkdtempSync(join(tmpdir(), 'millrace-lock-'));
afterAll(() => rmSync(folder, { recursive: true }));
let path: string;
let count = 0;
beforeEach(() => {
  path = join(folder, `${count++}.lock`);
});

const write = (holder: object) => writeFileSync(path, JSON.stringify({ token: 't', ...holder }));

describe('takeLock', { timeout: 60_000 }, () => {
  it('is refused while another holds it, and free again after', async () => {
    const lock = await takeLock(path);
    await expect(takeLock(path)).rejects.toMatchObject({
      code: 'JOURNAL_LOCKED',
      details: { pid: process.pid },
    });
    await lock.verify();
    await lock.release();
    expect(existsSync(path)).toBe(false);
    await (await takeLock(path)).release();
  });

  it('is taken from a process that is gone', async () => {
    const child = spawn(process.execPath, ['-e', '']);
    const started = await processStart(child.pid ?? 0);
    await new Promise((done) => child.once('close', done));
    write({ pid: child.pid, started, host: hostname() });
    const lock = await takeLock(path);
    await lock.verify();
    await lock.release();
  });

  it('is taken when another process has the number of the dead one', async () => {
    write({ pid: process.pid, started: 'before this one', host: hostname() });
    await (await takeLock(path)).release();
  });

  it('of another host counts as held until it was not touched for half a minute', async () => {
    write({ pid: 1, started: 'x', host: 'elsewhere' });
    await expect(takeLock(path)).rejects.toMatchObject({ code: 'JOURNAL_LOCKED' });
    const longAgo = new Date(Date.now() - 60_000);
    utimesSync(path, longAgo, longAgo);
    await (await takeLock(path)).release();
  });

  it('goes to one of many who find it stale at once', async () => {
    write({ pid: process.pid, started: 'long gone', host: hostname() });
    const results = await Promise.allSettled(Array.from({ length: 8 }, () => takeLock(path)));
    const won = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
    expect(won.length).toBe(1);
    await won[0]?.verify();
  });

  it('is noticed when it was taken away', async () => {
    const lock = await takeLock(path);
    write({ pid: 1, started: 'x', host: 'elsewhere' });
    await expect(lock.verify()).rejects.toMatchObject({ code: 'JOURNAL_LOCKED' });
    await lock.release();
    expect(readFileSync(path, 'utf8')).toContain('elsewhere');
  });

  it('is taken over when what is in it cannot be read', async () => {
    writeFileSync(path, '{"half');
    await (await takeLock(path)).release();
  });
});
