import type { GasReport } from './measure-gas.ts';
import { LIMITS, OPERATIONS, type Operation, PEERS } from './operations.ts';

const COMMAND = 'npm run bench -- gas';

/** Markdown: each operation beside its limit and the peers, then every other row, in thousands of gas. */
export function renderGas(report: GasReport): string {
  const peers = Object.keys(PEERS);
  const compared = OPERATIONS.map((name) => {
    const gas = report.millrace[name];
    const verdict = gas <= LIMITS[name] ? '' : ' **over**';
    return row([
      name,
      `${thousands(gas)}${verdict}`,
      thousands(LIMITS[name]),
      ...peers.map((peer) => published(peer, name)),
    ]);
  });
  const rest = Object.entries({ ...report.rows, ...report.extra }).map(([label, gas]) =>
    row([label, thousands(gas)]),
  );
  return [
    '# Gas',
    `Thousands of gas that a user pays for the transaction. Written by \`${COMMAND} --update\`; \`${COMMAND}\` measures and prints it.`,
    'One transaction a block, an hour apart; osaka rules, OpenZeppelin ERC-20s with 18 decimals, unlimited approvals before, another user on both sides, 64 stripes, mock oracle with one slot. Peers: published figures of the same scenario.',
    "What the comparison takes for granted: the tills are open; a user takes the own stripe if it was used before and its till can pay, otherwise the fullest till whose stripe was; `collateral` is the lean call for the own position, and the long form is over that limit; `flash` is free of fee and its receiver holds some of the token, and with a fee or an empty receiver it is over. Those rows are below. Tokens come from our release build, not from the measuring stick's compiler settings.",
    [row(['operation', 'Millrace', 'limit', ...peers]), line(3 + peers.length), ...compared].join('\n'),
    '## Every row',
    [row(['row', 'Millrace']), line(2), ...rest].join('\n'),
  ].join('\n\n');
}

function published(peer: string, name: Operation): string {
  return String(PEERS[peer]?.[name] ?? '–');
}

function thousands(gas: number): string {
  return (gas / 1000).toFixed(1);
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

function line(columns: number): string {
  return `|---|${'---:|'.repeat(columns - 1)}`;
}
