import { type GasReport, LENDERS } from './measure-gas.ts';
import { LIMITS, OPERATIONS, type Operation, PUBLISHED } from './operations.ts';

const COMMAND = 'npm run bench -- gas';
const NAMES = { millrace: 'Millrace', 'aave-v3': 'Aave v3.0.2', 'morpho-blue': 'Morpho Blue 1.0.0' } as const;

/** Markdown: each operation beside its limit and the peers, then every other row, in thousands of gas. */
export function renderGas(report: GasReport): string {
  const [ours, ...peers] = LENDERS;
  const others = Object.keys(PUBLISHED);
  const compared = OPERATIONS.map((name) => {
    const gas = report[ours][name] ?? Number.NaN;
    const verdict = gas <= LIMITS[name] ? '' : ' **over**';
    return row([
      name,
      `${thousands(gas)}${verdict}`,
      thousands(LIMITS[name]),
      ...peers.map((peer) => thousands(report[peer][name])),
      ...others.map((other) => published(other, name)),
    ]);
  });
  const labels = [...new Set(LENDERS.flatMap((lender) => Object.keys(report.rows[lender])))];
  const rest = [
    ...labels.map((label) => row([label, ...LENDERS.map((lender) => thousands(report.rows[lender][label]))])),
    ...Object.entries(report.extra).map(([label, gas]) =>
      row([label, thousands(gas), ...peers.map(() => '–')]),
    ),
  ];
  const heading = [
    'operation',
    NAMES[ours],
    'limit',
    ...peers.map((peer) => NAMES[peer]),
    ...others.map((other) => `*${other}, published*`),
  ];
  return [
    '# Gas',
    `Thousands of gas that a user pays for the transaction. Written by \`${COMMAND} --update\`; \`${COMMAND}\` measures and prints it, \`--json\` in gas.`,
    'One transaction a block, an hour apart; osaka rules, the same OpenZeppelin ERC-20 with 18 decimals for all, unlimited approvals before, another user on both sides, 64 stripes, mock oracles with one slot.',
    `Aave and Morpho Blue are measured in the same run, from their npm packages: \`@aave/core-v3\` 1.19.3 as the package has it compiled (solc 0.8.10, 100,000 runs), every contract behind its proxy; \`@morpho-org/morpho-blue\` 1.0.0 compiled as it was for mainnet (solc 0.8.19, via-IR, 999,999 runs), with the rate model of its own tests, which reads no storage. Columns in italics are published figures of the same scenario, not measured here; those of Morpho Blue are about 10,000 higher wherever interest is settled, and the same where it is not, which is what a rate model with a slot of its own costs. A transfer of the token alone, between two holders, costs ${thousands(report.erc20.transfer)}.`,
    "What the comparison takes for granted: the tills are open; a user takes the own stripe if it was used before and its till can pay, otherwise the fullest till whose stripe was; `collateral` is the lean call for the own position, and the long form is over that limit; `flash` is free of fee, as Morpho's is and Aave's is not (0.05 %), and its receiver holds some of the token; with a fee or an empty receiver it is over. Those rows are below.",
    [row(heading), line(heading.length), ...compared].join('\n'),
    '## Every row',
    [row(['row', ...LENDERS.map((lender) => NAMES[lender])]), line(1 + LENDERS.length), ...rest].join('\n'),
  ].join('\n\n');
}

function published(peer: string, name: Operation): string {
  return String(PUBLISHED[peer]?.[name] ?? '–');
}

function thousands(gas: number | null | undefined): string {
  return gas == null ? '–' : (gas / 1000).toFixed(1);
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

function line(columns: number): string {
  return `|---|${'---:|'.repeat(columns - 1)}`;
}
