// node … serve.ts <scenario>: prepares a chain, says where it is in one line of JSON, ends when its standard input closes.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BenchChain } from '../chain/bench-chain.ts';
import { computePopularNode, computeStrangers } from './compute.ts';
import { crowd, plannedCrowd } from './crowds.ts';
import type { Scenario } from './scenario.ts';
import { strangers } from './strangers.ts';

const SCENARIOS: Readonly<Record<string, Scenario>> = {
  'market-strangers': strangers,
  'market-crowd': crowd,
  'market-planned-crowd': plannedCrowd,
  'compute-strangers': computeStrangers,
  'compute-popular-node': computePopularNode,
};

const scenario = SCENARIOS[process.argv[2] ?? ''];
if (!scenario) {
  process.stderr.write(`Say which scenario: ${Object.keys(SCENARIOS).join(', ')}\n`);
  process.exit(2);
}
const chain = await BenchChain.start();
const folder = mkdtempSync(join(tmpdir(), 'millrace-scenario-'));
try {
  const { labels, assigned, layouts } = await scenario(chain);
  const file = join(folder, 'layouts.json');
  writeFileSync(file, JSON.stringify(layouts));
  const announcement = {
    rpc: chain.url,
    blocks: 'latest',
    labels: Object.fromEntries(labels),
    contracts: Object.fromEntries(assigned),
    layouts: [file],
  };
  process.stdout.write(`${JSON.stringify(announcement)}\n`);
  await new Promise((done) => process.stdin.once('close', done).resume());
} finally {
  rmSync(folder, { recursive: true, force: true });
  await chain.stop();
}
