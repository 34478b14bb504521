import { type Address, encodeFunctionData, erc20Abi } from 'viem';
import type { Call } from '../call/call.ts';

export type BuildApproveParameters = {
  token: Address;
  spender: Address;
  /** Base units, exactly: it replaces what was allowed before. */
  amount: bigint;
};
export type BuildApproveReturnType = Call;

/** Lets `spender` move exactly `amount` of the sender's tokens. */
export function buildApprove({ token, spender, amount }: BuildApproveParameters): BuildApproveReturnType {
  const data = encodeFunctionData({ abi: erc20Abi, functionName: 'approve', args: [spender, amount] });
  return { to: token, data };
}
