import type { Call } from '@millrace/sdk';
import type { Address } from 'viem';
import type { ActionKind } from '../journal/records.ts';

/**
 * A decision to act that has been simulated and not yet been written down.
 *
 * `subject` is what is acted upon, `cause` the state that calls for it, `block` where that state was seen. `gas` is the
 * limit. `spend` is the most that leaves the account.
 */
export type Action = Call & {
  kind: ActionKind;
  subject: string;
  cause: string;
  block: bigint;
  gas: bigint;
  market?: Address;
  spend?: { token: Address; amount: bigint };
  note?: Readonly<Record<string, string>>;
};
