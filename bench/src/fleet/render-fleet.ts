import { amountsAsText } from '@millrace/protocol';
import type { FleetReport } from './measure-fleet.ts';

const COMMAND = 'npm run bench -- fleet';

/** What `--json` prints. */
export function summariseFleet({ jobs, results, namedErrors, lost, books }: FleetReport) {
  return { jobs, results, namedErrors, lost, booksBalance: books.balances };
}

/** As a file can hold it: amounts in decimals. */
export function toFleetResult(report: FleetReport): unknown {
  return JSON.parse(JSON.stringify(report, amountsAsText));
}

export function renderFleet(report: FleetReport): string {
  const { books, killed, hostile, errors, noticed } = report;
  const rows: [string, string | number][] = [
    ['jobs given at once', report.jobs],
    ['results, bit for bit as expected', report.results],
    ['named errors by their deadline', report.namedErrors],
    ['lost: neither, or too late, or wrong', report.lost],
    ['results that took more than one node', report.moved],
    ['nodes with results', report.workers],
    ['seconds', report.seconds],
    ['channels', books.channels.length],
    ['redeemed by nodes, base units', `${books.paid}`],
    ['come back to the payer, base units', `${books.refunded}`],
  ];
  const dead = killed.map(
    ({ node, seconds, ended }) => `${node} after ${seconds} s, when ${ended} jobs had ended`,
  );
  const liars = hostile.map(
    ({ node, kind, given, spoilt }) =>
      `${node} (${kind}: given ${given} jobs, ${spoilt} ends of jobs spoilt or held back)`,
  );
  const list = (counts: Readonly<Record<string, number>>) =>
    Object.entries(counts)
      .map(([name, count]) => `${name} ${count}`)
      .join(', ') || 'none';
  return [
    '# A fleet under fire',
    `Written by \`${COMMAND} --update\`; \`${COMMAND}\` runs and prints it. Ends differ from run to run; that every job ends and that the books balance does not.`,
    `${report.nodes} nodes, each the process that \`millrace-node start\` runs, on one machine, at a load of ${report.load}; a real chain (anvil); the renter of the SDK. Each job turns a number ten million times, and its result is compared with what this program works out itself. The hostile nodes are the cheapest. Who is killed (kill -9) and when follows from seed ${report.seed}.`,
    ['| figure | |', '|---|---:|', ...rows.map(([name, value]) => `| ${name} | ${value} |`)].join('\n'),
    `Killed: ${dead.join('; ')}. They were started again when all jobs had ended, and redeemed what they held. Hostile: ${liars.join('; ')}.`,
    `Errors: ${list(errors)}. Noticed by the renter: ${list(noticed)}.`,
    '## The books',
    'Every channel was redeemed by its node, closed by the payer, and finalised after the challenge window.',
    Object.entries(books.checks)
      .map(([check, holds]) => `- ${holds ? 'yes' : '**no**'}: ${check}`)
      .join('\n'),
  ].join('\n\n');
}
