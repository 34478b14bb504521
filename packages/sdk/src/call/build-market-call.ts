import { iMarketAbi } from '@millrace/protocol/contracts/i-market';
import {
  type Address,
  type ContractFunctionArgs,
  type ContractFunctionName,
  type EncodeFunctionDataParameters,
  encodeFunctionData,
} from 'viem';
import type { Call } from './call.ts';

type Write = 'nonpayable';

/** A call of a market's function. */
export function buildMarketCall<
  const name extends ContractFunctionName<typeof iMarketAbi, Write>,
  const args extends ContractFunctionArgs<typeof iMarketAbi, Write, name>,
>(market: Address, functionName: name, args: args): Call {
  const parameters = { abi: iMarketAbi, functionName, args } as unknown as EncodeFunctionDataParameters;
  return { to: market, data: encodeFunctionData(parameters) };
}
