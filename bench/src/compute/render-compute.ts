import type { ComputeReport } from './measure-compute.ts';

const COMMAND = 'npm run bench -- compute';

/** What `--json` prints. */
export function summariseCompute({ dispatch, gas, sandbox, firstPaidJob }: ComputeReport) {
  const { warmP50, warmP99, cold } = dispatch.latency;
  const { redeem, redeemBatched, escrowPath, perJob } = gas;
  const { matmulInteger, matmulFloat, sha256, sort } = sandbox;
  return {
    dispatch: { warmP50, warmP99, cold },
    jobsPerSecond: dispatch.oneNode.jobsPerSecond,
    gas: { redeem, redeemBatched, escrowPath, perJobAt1000: perJob[1000] },
    sandbox: {
      matmulInteger: matmulInteger?.ratio,
      matmulFloat: matmulFloat?.ratio,
      sha256: sha256?.ratio,
      sort: sort?.ratio,
    },
    firstPaidJobSeconds: firstPaidJob.paid,
    idleNodeMegabytes: dispatch.idleNodeMegabytes,
  };
}

/** Markdown: each figure beside its target. */
export function renderCompute(report: ComputeReport): string {
  const { dispatch, gas, sandbox, firstPaidJob, machine } = report;
  const { latency, oneNode, threeNodes } = dispatch;
  const ratio = (name: string) => sandbox[name]?.ratio.toFixed(3) ?? '';
  const rows: [string, string, string][] = [
    ['no-op job, warm, p50', `${latency.warmP50} ms`, ''],
    ['no-op job, warm, p99', `${latency.warmP99} ms`, ''],
    ['first job of a module the node has never seen', `${latency.cold} ms`, ''],
    ['no-op jobs a second, one node', grouped(oneNode.jobsPerSecond), '≥ 1,000'],
    ['no-op jobs a second, three nodes', grouped(threeNodes.jobsPerSecond), ''],
    ['memory of an idle node that gossips', `${dispatch.idleNodeMegabytes} MB`, '< 300 MB'],
    ['the same after all these jobs', `${dispatch.workedNodeMegabytes} MB`, ''],
    ['from nothing to the first paid job', `${firstPaidJob.paid} s`, '< 60 s'],
    ['gas: a voucher, redeemed alone', grouped(gas.redeem), '≤ 46,000'],
    ['gas: a voucher, one of 100 in a batch', grouped(gas.redeemBatched), '≤ 23,000'],
    ['gas: a job with its own escrow', grouped(gas.escrowPath), '≤ 220,000'],
    ['gas of paying a job, 1 job a voucher', grouped(gas.perJob[1]), ''],
    ['gas of paying a job, 10 jobs a voucher', grouped(gas.perJob[10]), ''],
    ['gas of paying a job, 1,000 jobs a voucher', grouped(gas.perJob[1000]), ''],
    ['sandbox, matrix product, integer', ratio('matmulInteger'), '≤ 1.10'],
    ['sandbox, SHA-256', ratio('sha256'), '≤ 1.10'],
    ['sandbox, quicksort', ratio('sort'), '≤ 1.10'],
    ['sandbox, matrix product, float', ratio('matmulFloat'), '≤ 1.15'],
  ];
  const load = Object.entries(machine.load).map(([part, value]) => `${part} ${value}`);
  return [
    '# Renting machines',
    `Written by \`${COMMAND} --update\`; \`${COMMAND}\` measures and prints it.`,
    [
      '| figure | measured | target |',
      '|---|---:|---:|',
      ...rows.map((row) => `| ${row.join(' | ')} |`),
    ].join('\n'),
    `**Dispatch.** Three nodes that gossip, each the process that \`millrace-node start\` runs, a real chain (anvil), and the renter of the SDK over HTTP, which checks every receipt and pays; nodes, chain and renter share ${machine.cores} cores. Latency is from submitting a job to its checked result, one job after the other: ${grouped(latency.warmJobs)} warm, ${latency.coldJobs} cold (sent to the node, checked by the gate, compiled, run; the median). Jobs a second: ${grouped(oneNode.jobs)} jobs given at once, the best of ${oneNode.runs.length} runs (one node: ${oneNode.runs.map(grouped).join(', ')}; three: ${threeNodes.runs.map(grouped).join(', ')}). On ${machine.cores} cores three nodes also share what one has to itself.`,
    `**First paid job.** Seconds from the beginning: measured ${firstPaidJob.measured} (four of them spin), started and registered ${firstPaidJob.started}, found by a renter ${firstPaidJob.found}, result ${firstPaidJob.result}, voucher accepted ${firstPaidJob.paid}.`,
    `**The machine** was not idle: processes that wanted a core, a minute's average when each part began: ${load.join(', ')}.`,
  ].join('\n\n');
}

function grouped(value: number): string {
  return value.toLocaleString('en-US');
}
