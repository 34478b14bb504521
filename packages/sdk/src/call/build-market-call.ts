import { toMillraceError } from '@millrace/protocol';
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

/**
 * A call of a market's function.
 *
 * @throws `MillraceError` `INVALID_AMOUNT` or `INVALID_ADDRESS` when an argument is out of range.
 */
export function buildMarketCall<
  const name extends ContractFunctionName<typeof iMarketAbi, Write>,
  const args extends ContractFunctionArgs<typeof iMarketAbi, Write, name>,
>(market: Address, functionName: name, args: args): Call {
  const parameters = { abi: iMarketAbi, functionName, args } as unknown as EncodeFunctionDataParameters;
  try {
    return { to: market, data: encodeFunctionData(parameters) };
  } catch (error) {
    throw toMillraceError(error);
  }
}
