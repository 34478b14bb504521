import type { MillraceError } from '@millrace/protocol';
import type { Account, Address, Hex } from 'viem';
import { simulateBlocks } from 'viem/actions';
import type { Call } from './call.ts';
import type { SdkClient } from './client.ts';
import { explaining, type Payment } from './explaining.ts';
import { requireAccount } from './require-account.ts';

export type SimulateCallsParameters = {
  /** In this order, each seeing what those before it did: an approval, then what needs it. */
  calls: readonly Call[];
  /** The market that the last call is about, for the words of an error. Default: where the last call goes. */
  market?: Address | undefined;
  /** Who would send them. Default: the client's account. */
  account?: Account | Address | undefined;
  /** What the last call would pull from whom. */
  payment?: Payment | undefined;
};
/** What each call would return and use. */
export type SimulateCallsReturnType = { output: Hex; gasUsed: bigint }[];
export type SimulateCallsErrorType = MillraceError;

/**
 * Runs calls one after the other without sending them (`eth_simulateV1`), so that a call can be tried whose approval is
 * not there yet.
 *
 * @throws {@link MillraceError} what the first of them that fails would fail with; `RPC_UNSUPPORTED` when the node does
 * not know the method.
 *
 * @example
 * ```ts
 * await simulateCalls(client, { calls: [buildApprove({ token, spender, amount }), buildSupply({ market, assets, owner })] })
 * ```
 */
export async function simulateCalls(
  client: SdkClient,
  { calls, payment, ...parameters }: SimulateCallsParameters,
): Promise<SimulateCallsReturnType> {
  const account = requireAccount(client, parameters.account);
  const last = calls.at(-1);
  if (last === undefined) return [];
  return await explaining(client, { market: parameters.market ?? last.to, payment }, async () => {
    const [block] = await simulateBlocks(client, {
      blocks: [{ calls: calls.map((call) => ({ ...call, account })) }],
    });
    const results = block?.calls ?? [];
    return results.map((result) => {
      if (result.status === 'failure') throw result.error;
      return { output: result.data, gasUsed: result.gasUsed };
    });
  });
}
