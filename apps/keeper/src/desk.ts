import { RevertError, toMillraceError } from '@millrace/protocol';
import type { Call } from '@millrace/sdk';
import type { Address } from 'viem';
import type { ChainClient } from './chain/client.ts';
import type { HeadStep } from './chain/head.ts';
import type { Complaints } from './complaints.ts';
import type { Journal } from './journal/journal.ts';
import type { Log } from './log.ts';
import type { Metrics } from './metrics/metrics.ts';
import type { Action } from './send/action.ts';
import type { Fees } from './send/fees.ts';

/** One look at the chain: the newest block and what gas costs there. */
export type Round = { head: HeadStep; fees: Fees };

/** What every duty works with. */
export type Desk = {
  client: ChainClient;
  account: Address;
  lens: Address;
  journal: Journal;
  log: Log;
  metrics: Metrics;
  complaints: Complaints;
  gasMarginPercent: bigint;
  /** Sends an action, or in a dry run only says so. */
  act: (action: Action, fees: Fees) => Promise<void>;
};

/**
 * The gas limit of a call as the keeper, with its margin; `undefined` when a contract refuses it now, which is logged
 * once under `subject`.
 */
export async function simulate(desk: Desk, subject: string, call: Call): Promise<bigint | undefined> {
  try {
    const gas = await desk.client.estimateGas({ account: desk.account, ...call });
    desk.complaints.settle(subject);
    return (gas * (100n + desk.gasMarginPercent)) / 100n;
  } catch (cause) {
    const error = toMillraceError(cause);
    if (!(error instanceof RevertError)) throw error;
    desk.complaints.raise(subject, `refused in simulation: ${error.shortMessage}`);
    return undefined;
  }
}
