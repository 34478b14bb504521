// npm run bench -- gas|profile|conflicts|profiler|compute-gas|sandbox|compute|fleet [--json] [--update]
import { measureComputeGas } from './compute/gas/measure-compute-gas.ts';
import { renderComputeGas } from './compute/gas/render-compute-gas.ts';
import { measureCompute } from './compute/measure-compute.ts';
import { renderCompute, summariseCompute } from './compute/render-compute.ts';
import type { BlockFigures } from './conflicts/block-figures.ts';
import { CASES, type CaseName, measureConflicts, PUBLISHED } from './conflicts/measure-conflicts.ts';
import { renderConflicts, summariseConflicts } from './conflicts/render-conflicts.ts';
import { measureFleet } from './fleet/measure-fleet.ts';
import { renderFleet, summariseFleet, toFleetResult } from './fleet/render-fleet.ts';
import { measureGas } from './gas/measure-gas.ts';
import { measureProfiles, renderProfiles } from './gas/measure-profiles.ts';
import { renderGas } from './gas/render-gas.ts';
import { measureProfiler } from './profiler/measure-profiler.ts';
import { renderProfiler } from './profiler/render-profiler.ts';
import { writeResult } from './results.ts';
import { measureSandbox } from './sandbox/measure-sandbox.ts';
import { renderSandbox, summariseSandbox } from './sandbox/render-sandbox.ts';

/** What a bench hands on: a line for programs, a table for people, and what is committed. */
type Outcome = { json: unknown; table: string; result: unknown };

const BENCHES = {
  gas: benchGas,
  profile: benchProfile,
  conflicts: benchConflicts,
  profiler: benchProfiler,
  'compute-gas': benchComputeGas,
  sandbox: benchSandbox,
  compute: benchCompute,
  fleet: benchFleet,
};

const [name = '', ...flags] = process.argv.slice(2);
if (!Object.hasOwn(BENCHES, name)) {
  const names = Object.keys(BENCHES).join('|');
  process.stderr.write(`Say what to measure: npm run bench -- ${names} [--json] [--update]\n`);
  process.exit(2);
}
const { json, table, result } = await BENCHES[name as keyof typeof BENCHES]();
if (flags.includes('--update')) writeResult(name, result, table);
process.stdout.write(flags.includes('--json') ? `${JSON.stringify(json)}\n` : `${table}\n`);

async function benchGas(): Promise<Outcome> {
  const report = await measureGas();
  const { rows, extra, ...operations } = report;
  return { json: operations, table: renderGas(report), result: report };
}

async function benchProfile(): Promise<Outcome> {
  const profiles = await measureProfiles();
  return { json: profiles, table: renderProfiles(profiles), result: profiles };
}

async function benchConflicts(): Promise<Outcome> {
  const reports: Record<string, BlockFigures> = {};
  const forPeople = !flags.includes('--json') || flags.includes('--update');
  for (const each of Object.keys(CASES) as CaseName[]) {
    if (forPeople || PUBLISHED.includes(each)) reports[each] = await measureConflicts(each);
  }
  const published = Object.entries(reports).filter(([each]) => PUBLISHED.includes(each));
  const summary = published.map(([each, report]) => [each, summariseConflicts(report)]);
  return { json: Object.fromEntries(summary), table: renderConflicts(reports), result: reports };
}

/** The line for programs is the largest block; programs need not wait for the others. */
async function benchProfiler(): Promise<Outcome> {
  const report = await measureProfiler();
  return { json: report.blocks.at(-1), table: renderProfiler(report), result: report };
}

async function benchComputeGas(): Promise<Outcome> {
  const report = await measureComputeGas();
  const { rows, codeSizes, ...figures } = report;
  return { json: figures, table: renderComputeGas(report), result: report };
}

async function benchSandbox(): Promise<Outcome> {
  const report = await measureSandbox();
  return { json: summariseSandbox(report), table: renderSandbox(report), result: report };
}

async function benchCompute(): Promise<Outcome> {
  const report = await measureCompute(say);
  return { json: summariseCompute(report), table: renderCompute(report), result: report };
}

async function benchFleet(): Promise<Outcome> {
  const report = await measureFleet({ nodes: 20, jobs: 1_000, kills: 2, seed: 20_261_122, say });
  return { json: summariseFleet(report), table: renderFleet(report), result: toFleetResult(report) };
}

/** What takes minutes tells where it is. */
function say(words: string): void {
  process.stderr.write(`${words}\n`);
}
