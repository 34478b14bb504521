import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { runScript } from './run-script.ts';

const SUITE = new URL('suite/', import.meta.url);
const scripts = readdirSync(SUITE).filter((name) => name.endsWith('.wast'));
/** So many commands the sandbox is held to: fewer, and something is left out without a word. */
const COMMANDS = 9_663;

describe('the official WebAssembly tests', () => {
  const total = { passed: 0, skipped: {} as Record<string, number> };
  afterAll(() => console.log('official tests', JSON.stringify(total)));

  it.each(scripts)('%s', (name) => {
    const { passed, failed, skipped } = runScript(readFileSync(new URL(name, SUITE), 'utf8'));
    total.passed += passed;
    for (const [why, count] of Object.entries(skipped))
      total.skipped[why] = (total.skipped[why] ?? 0) + count;
    expect(failed).toEqual([]);
  });

  it('all of them', () => {
    expect(total.passed).toBeGreaterThanOrEqual(COMMANDS);
  });
});
