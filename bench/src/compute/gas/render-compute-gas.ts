import { MOST_CODE_BYTES } from './code-sizes.ts';
import { type ComputeFigures, LIMITS } from './limits.ts';
import type { ComputeGas } from './measure-compute-gas.ts';

const COMMAND = 'npm run bench -- compute-gas';
const MEANING: Readonly<Record<keyof ComputeFigures, string>> = {
  redeem: 'a voucher, redeemed alone',
  redeemBatched: 'a voucher, one of 100 payers in a batch',
  escrowPath: 'a job with its own escrow: open + submit + accept',
};

/** Markdown: the promises beside their limits, then every row. */
export function renderComputeGas(report: ComputeGas): string {
  const promises = (Object.keys(LIMITS) as (keyof ComputeFigures)[]).map((name) => {
    const verdict = report[name] <= LIMITS[name] ? '' : ' **over**';
    return `| ${MEANING[name]} | ${grouped(report[name])}${verdict} | ${grouped(LIMITS[name])} |`;
  });
  const perJob = Object.entries(report.perJob).map(([jobs, gas]) => `${gas} at ${jobs}`);
  return [
    '# Gas of compute',
    `Gas that a user pays for the transaction. Written by \`${COMMAND} --update\`; \`${COMMAND}\` measures and prints it.`,
    'One transaction a block, an hour apart; osaka rules, release build, an OpenZeppelin ERC-20 with 18 decimals, unlimited approvals before, 65-byte signatures of accounts with a key. Where a row does not say otherwise, the till of the lane was opened before and the parties have used the contract before. Redeeming pays into the credit of the payee; `collect` sends a credit to its account, once for any number of vouchers.',
    ['| promise | gas | limit |', '|---|---:|---:|', ...promises].join('\n'),
    `Paying for one job, by the number of jobs that one voucher of a batch pays for: ${perJob.join(', ')}.`,
    '## Every row',
    ['| row | gas |', '|---|---:|', ...Object.entries(report.rows).map(rowOf)].join('\n'),
    '## Code',
    `Bytes of each contract, release build; the limit is ${grouped(MOST_CODE_BYTES)}.`,
    ['| contract | bytes |', '|---|---:|', ...Object.entries(report.codeSizes).map(rowOf)].join('\n'),
  ].join('\n\n');
}

function rowOf([label, gas]: [string, number]): string {
  return `| ${label} | ${grouped(gas)} |`;
}

function grouped(gas: number): string {
  return gas.toLocaleString('en-US');
}
