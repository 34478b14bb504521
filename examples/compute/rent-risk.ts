// npx tsx --conditions=@millrace/source examples/compute/rent-risk.ts [rpc] [folder] [pieces] [nodes]: value at risk on rented
// machines: the numbers are those of one machine, whatever the number of pieces and nodes. Needs `millrace dev up` and a node.
import { createDevnetClient, devnetAccount, loadDeployment } from '@millrace/devnet';
import { createRenter } from '@millrace/sdk/rent';
import {
  loadHistory,
  mergeRisk,
  type RiskPlan,
  readShare,
  riskJob,
  splitRisk,
} from '@millrace/workload-risk';

const [rpc = 'http://127.0.0.1:8545', folder = '.millrace', pieces = '6', nodes = '3'] =
  process.argv.slice(2);
const { compute } = loadDeployment(folder);
if (compute === undefined) throw new Error('This chain has no contracts of compute.');

const plan: RiskPlan = {
  history: await loadHistory('stocks-monthly'),
  positions: { AAPL: 40_000_00n, MSFT: 35_000_00n, SP500: -30_000_00n },
  steps: 12,
  block: 3,
  paths: 20_000,
  seed: 7n,
};

const renter = await createRenter({
  client: createDevnetClient({ url: rpc }, { account: devnetAccount(1) }),
  contracts: compute,
  token: compute.token.address,
});
const jobs = await Promise.all(
  splitRisk(plan.paths, Number(pieces)).map(async (piece) => {
    const { limits, ...job } = await riskJob(plan, piece);
    return { ...job, ...limits, needs: { priceCap: 1_000_000n } };
  }),
);
const ends = await renter.runMany(jobs, { nodes: Number(nodes) }).done;
await renter.close();

const results = ends.map(({ result, error }) => {
  if (error) throw error;
  return result;
});
const report = mergeRisk(
  plan.paths,
  results.map(({ bytes }) => readShare(bytes)),
);
const cost = results.reduce((sum, each) => sum + each.cost, 0n);
console.log(
  `${report.paths} paths in ${results.length} pieces on ${new Set(results.map(({ node }) => node)).size} nodes`,
);
console.log(`value at risk 95 %: ${report.var95}   99 %: ${report.var99}   (cents)`);
console.log(`fingerprint of all paths: ${report.fingerprint}`);
console.log(`${cost} base units of ${compute.token.symbol}`);
