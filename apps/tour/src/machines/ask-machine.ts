import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { earningsSchema, nodeStatusSchema, ROUTES, readWireText } from '@millrace/protocol/wire';
import type { Address } from 'viem';

/** What a machine says of itself. */
export type MachineFigures = {
  readonly jobs: number;
  readonly earned: bigint;
  /** What each payer has signed, base units. */
  readonly payers: ReadonlyMap<Address, bigint>;
};

const PATIENCE_MILLISECONDS = 3_000;

/** Asks a machine how it is doing, as its operator may. `undefined` when it does not answer. */
export async function askMachine(endpoint: string, folder: string): Promise<MachineFigures | undefined> {
  try {
    const token = await readFile(join(folder, 'operator.token'), 'utf8');
    const get = async (route: string) => {
      const headers = { authorization: `Bearer ${token.trim()}` };
      const signal = AbortSignal.timeout(PATIENCE_MILLISECONDS);
      const response = await fetch(endpoint + route, { headers, signal });
      return await response.text();
    };
    const [status, earnings] = await Promise.all([get(ROUTES.status), get(ROUTES.earnings)]);
    const { jobs } = readWireText(nodeStatusSchema, status);
    const { channels } = readWireText(earningsSchema, earnings);
    const payers = new Map<Address, bigint>();
    for (const { payer, signed } of channels) payers.set(payer, (payers.get(payer) ?? 0n) + signed);
    const earned = channels.reduce((sum, { signed }) => sum + signed, 0n);
    return { jobs: jobs.done, earned, payers };
  } catch {
    return undefined;
  }
}
