import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const program = fileURLToPath(new URL('./idle-node.ts', import.meta.url));

async function megabytesOf(kind: 'gossip' | 'book'): Promise<number> {
  const options = ['--expose-gc', '--conditions=@millrace/source', '--import', 'tsx', program, kind];
  const { stdout } = await promisify(execFile)(process.execPath, options);
  return Number(stdout);
}

test('only who gossips pays for it, and not much', { timeout: 180_000 }, async () => {
  const book = await megabytesOf('book');
  const gossip = await megabytesOf('gossip');
  process.stdout.write(`without gossip ${book} MiB, with ${gossip} MiB\n`);
  expect(gossip).toBeLessThan(220);
  expect(book).toBeLessThan(gossip - 15);
});
