import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';

/** Eight times what the policy counts: engines differ in what a frame takes. */
const STACK_MEGABYTES = 16;
const HEAP_MEGABYTES = 256;

let script: string | undefined;

/** Starts the program of a thread. */
export function startThread(): Worker {
  const resourceLimits = { stackSizeMb: STACK_MEGABYTES, maxOldGenerationSizeMb: HEAP_MEGABYTES };
  const options = { env: {}, resourceLimits };
  if (!import.meta.url.endsWith('.ts')) return new Worker(new URL('./thread.js', import.meta.url), options);
  script ??= bundleSource(new URL('./thread.ts', import.meta.url));
  return new Worker(script, { ...options, eval: true });
}

/**
 * Sources run as they are written: no build stands between an edit and its test. One script for all threads, since a loader
 * of TypeScript in each would cost more memory than the thread.
 */
function bundleSource(program: URL): string {
  const require = createRequire(import.meta.url);
  const { buildSync } = require('esbuild') as typeof import('esbuild');
  const { outputFiles } = buildSync({
    entryPoints: [fileURLToPath(program)],
    ...{ bundle: true, write: false, format: 'cjs', platform: 'node', target: 'node20', logLevel: 'error' },
    conditions: ['@millrace/source'],
  });
  return outputFiles[0]?.text ?? '';
}
