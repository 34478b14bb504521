import type { MillraceError } from '@millrace/protocol';
import type { Account, Address, Hex } from 'viem';
import { call as ethCall } from 'viem/actions';
import type { Call } from './call.ts';
import type { SdkClient } from './client.ts';
import { explaining, type Payment } from './explaining.ts';
import { requireCode } from './require-code.ts';

export type SimulateCallParameters = {
  call: Call;
  /** Who would send it. Default: the client's account. */
  account?: Account | Address | undefined;
  /** At this block. Default: the newest. */
  blockNumber?: bigint | undefined;
  /** What it would pull from whom, so that a missing balance or approval is told as such. */
  payment?: Payment | undefined;
};
export type SimulateCallReturnType = Hex;
export type SimulateCallErrorType = MillraceError;

/**
 * Runs a call without sending it and returns what it would return.
 *
 * @throws {@link MillraceError} what sending it would fail with.
 *
 * @example
 * ```ts
 * await simulateCall(client, { call: buildBorrow({ market, assets, owner }), account: owner })
 * ```
 */
export async function simulateCall(
  client: SdkClient,
  parameters: SimulateCallParameters,
): Promise<SimulateCallReturnType> {
  const { call, blockNumber, payment } = parameters;
  const account = parameters.account ?? client.account;
  return await explaining(client, { market: call.to, payment }, async () => {
    const at = blockNumber === undefined ? {} : { blockNumber };
    const { data } = await ethCall(client, { ...call, ...at, ...(account && { account }) });
    // An address without code accepts everything and returns nothing.
    if (data === undefined || data === '0x') await requireCode(client, call.to);
    return data ?? '0x';
  });
}
