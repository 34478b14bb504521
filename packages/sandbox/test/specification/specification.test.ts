import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { runScript } from './run-script.ts';

const SUITE = fileURLToPath(new URL('../../../../../shared/data/wasm-testsuite/', import.meta.url));
const scripts = existsSync(SUITE) ? readdirSync(SUITE).filter((name) => name.endsWith('.wast')) : [];

describe.skipIf(scripts.length === 0)(
  'the official WebAssembly tests (skipped where the suite is not there)',
  () => {
    const total = { passed: 0, skipped: {} as Record<string, number> };
    afterAll(() => console.log('official tests', JSON.stringify(total)));

    it.each(scripts)('%s', (name) => {
      const { passed, failed, skipped } = runScript(readFileSync(`${SUITE}${name}`, 'utf8'));
      total.passed += passed;
      for (const [why, count] of Object.entries(skipped))
        total.skipped[why] = (total.skipped[why] ?? 0) + count;
      expect(failed).toEqual([]);
    });
  },
);
