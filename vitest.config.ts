import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

type Manifest = { name: string; dependencies?: object; devDependencies?: object };

/** A busy machine is waited for: five seconds are over before some tests have loaded what they test. */
const PATIENCE = { testTimeout: 60_000, hookTimeout: 300_000, expect: { poll: { timeout: 20_000 } } };
/** Those that start chains and processes take longest. */
const PATIENCE_WITH_CHAINS = { ...PATIENCE, testTimeout: 180_000 };

/** One project for each workspace that exists. */
function workspaceProjects() {
  const folders = [...childrenOf('packages'), ...childrenOf('apps'), ...childrenOf('workloads'), 'bench'];
  return folders.filter(isWorkspace).map((root) => {
    const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Manifest;
    const name = manifest.name.replace('@millrace/', '');
    const dependencies = { ...manifest.dependencies, ...manifest.devDependencies };
    const startsChains = name === 'devnet' || '@millrace/devnet' in dependencies;
    const patience = startsChains ? PATIENCE_WITH_CHAINS : PATIENCE;
    return { extends: true as const, test: { name, root, ...patience } };
  });
}

function childrenOf(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder).map((name) => `${folder}/${name}`) : [];
}

function isWorkspace(folder: string): boolean {
  return existsSync(join(folder, 'package.json'));
}

export default defineConfig({
  resolve: { conditions: ['@millrace/source', 'module', 'browser', 'development|production'] },
  ssr: { resolve: { conditions: ['@millrace/source', 'module', 'node', 'development|production'] } },
  test: {
    include: ['src/**/*.test.{ts,tsx}', 'test/**/*.test.{ts,tsx}'],
    pool: 'forks',
    maxWorkers: 2,
    projects: [
      ...workspaceProjects(),
      { extends: true, test: { name: 'scripts', root: 'scripts', include: ['*.test.mjs'], ...PATIENCE } },
    ],
  },
});
