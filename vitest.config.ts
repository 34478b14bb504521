import { defineConfig } from 'vitest/config';

/** Unit tests: pure, fast, no processes. */
function unit(name: string, root: string) {
  return { extends: true as const, test: { name, root } };
}

/** Suites that start a chain: slower, and patient with a busy machine. */
function onChain(name: string, root: string) {
  return { extends: true as const, test: { name, root, testTimeout: 60_000, hookTimeout: 60_000 } };
}

export default defineConfig({
  resolve: { conditions: ['@millrace/source', 'module', 'browser', 'development|production'] },
  ssr: { resolve: { conditions: ['@millrace/source', 'module', 'node', 'development|production'] } },
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    pool: 'forks',
    maxWorkers: 2,
    projects: [unit('protocol', 'packages/protocol'), onChain('devnet', 'packages/devnet')],
  },
});
