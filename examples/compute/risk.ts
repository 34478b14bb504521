// npx tsx --conditions=@millrace/source examples/compute/risk.ts [pieces] [paths]: value at risk, in as many pieces as you
// like: the numbers do not change.
import { openSandbox } from '@millrace/sandbox';
import {
  loadHistory,
  mergeRisk,
  type RiskPiece,
  type RiskPlan,
  readShare,
  riskJob,
  splitRisk,
} from '@millrace/workload-risk';

const [pieces = 3, paths = 100_000] = process.argv.slice(2).map(Number);
const plan: RiskPlan = {
  history: await loadHistory('stocks-monthly'),
  // Cents; the index is sold short, against the fall of everything at once.
  positions: { AAPL: 40_000_00n, MSFT: 35_000_00n, AMZN: 25_000_00n, IBM: 20_000_00n, SP500: -30_000_00n },
  steps: 12,
  block: 3,
  paths,
  seed: 7n,
};

await using sandbox = await openSandbox({ threads: 2 });

async function runPiece(piece: RiskPiece) {
  const job = await riskJob(plan, piece);
  const { output } = await sandbox.run({ ...job, input: Buffer.concat(job.inputs) });
  return readShare(output);
}

const shares = await Promise.all(splitRisk(plan.paths, pieces).map(runPiece));
const report = mergeRisk(plan.paths, shares);

const money = (cents: bigint) =>
  `$${(Number(cents) / 100).toLocaleString('en-US', { minimumFractionDigits: 2 })}`;
console.log(`${report.paths} paths of a year, in ${shares.length} pieces`);
console.log(`value at risk      95 %: ${money(report.var95)}   99 %: ${money(report.var99)}`);
console.log(`expected shortfall 95 %: ${money(report.shortfall95)}   99 %: ${money(report.shortfall99)}`);
console.log(`mean gain ${money(-report.meanLoss)}, worst loss ${money(report.worst)}`);
console.log(`fingerprint of all paths: ${report.fingerprint}`);
