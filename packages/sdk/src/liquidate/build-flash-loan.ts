import type { Address, Hex } from 'viem';
import { buildMarketCall } from '../call/build-market-call.ts';
import type { Call } from '../call/call.ts';

export type BuildFlashLoanParameters = {
  market: Address;
  /** A contract that answers `onFlashLoan` (ERC-3156). */
  receiver: Address;
  /** The loan asset. */
  token: Address;
  /** Base units. */
  amount: bigint;
  /** Default: the owner's own stripe, then a scan. See `findLiquidity` and `createStripePlanner`. */
  route?: bigint | undefined;
  /** Passed to the receiver. Default: nothing. */
  data?: Hex | undefined;
};
export type BuildFlashLoanReturnType = Call;

/** Lends up to everything the tills hold for the length of one call. */
export function buildFlashLoan(parameters: BuildFlashLoanParameters): BuildFlashLoanReturnType {
  const { market, receiver, token, amount, route = 0n, data = '0x' } = parameters;
  return buildMarketCall(market, 'flashLoan', [receiver, token, amount, data, route]);
}
