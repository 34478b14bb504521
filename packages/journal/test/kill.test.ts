import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { readJournal } from '../src/journal.ts';
import { list } from './meanings.ts';

const folder = mkdtempSync(join(tmpdir(), 'millrace-killed-'));
afterAll(() => rmSync(folder, { recursive: true }));
const writer = fileURLToPath(new URL('writer.ts', import.meta.url));

/** So many words at least before it is killed, however slow the disk. */
const WORDS = 24;

/** Runs a writer, kills it `milliseconds` after its first words, and answers what it said was durable. */
async function writeUntilKilled(path: string, first: number, milliseconds: number): Promise<number[]> {
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', '--conditions=@millrace/source', writer, path, String(first)],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  let said = '';
  let isDoomed = false;
  child.stdout.on('data', (chunk: Buffer) => {
    said += chunk.toString();
    if (isDoomed || said.split('\n').length <= WORDS) return;
    isDoomed = true;
    setTimeout(() => child.kill('SIGKILL'), milliseconds);
  });
  const signal = await new Promise((done) => child.once('close', (_code, how) => done(how)));
  expect(signal).toBe('SIGKILL');
  return said.slice(0, said.lastIndexOf('\n')).split('\n').map(Number);
}

describe('a process that is killed while it writes', () => {
  it('loses nothing that it was told is durable, and halves nothing', async () => {
    const path = join(folder, 'killed.journal');
    const durable: number[] = [];
    for (const pause of [3, 40, 77, 130, 50]) {
      durable.push(...(await writeUntilKilled(path, 1_000_000 * durable.length, pause)));
      const notes = await readJournal(path, list);
      const ids = notes.filter(({ text }) => text.startsWith('first')).map(({ id }) => id);
      expect(notes.filter(({ text }) => text.startsWith('second')).map(({ id }) => id)).toEqual(ids);
      const there = new Set(ids);
      expect(durable.filter((id) => !there.has(id))).toEqual([]);
    }
    expect(durable.length).toBeGreaterThan(100);
  }, 180_000);
});
