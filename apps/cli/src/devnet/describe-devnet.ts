import type { Outcome } from '../command.ts';
import { renderFacts } from '../terminal/table.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { type DevnetRecord, devnetFiles } from './devnet-record.ts';

/** What to say of a running local chain. */
export function describeDevnet(
  folder: string,
  record: DevnetRecord,
  terminal: Terminal,
  what: string,
): Outcome {
  const { dim, green } = terminal.colors;
  const { log, deployment } = devnetFiles(folder);
  const facts = renderFacts(
    [
      ['rpc', record.rpc],
      ['chain', String(record.chainId)],
      ['process', String(record.pid)],
      ['since', record.startedAt],
      ['log', log],
    ],
    dim,
  );
  return {
    data: { running: true, ...record, log, deployment, state: folder },
    text: `${green('✓')} The local chain ${what}.\n${facts}\n\nNext: millrace market list · millrace dev accounts`,
  };
}
