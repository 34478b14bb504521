import { toMillraceError } from '@millrace/protocol';
import {
  type Abi,
  type Address,
  type ContractFunctionArgs,
  type ContractFunctionName,
  type EncodeFunctionDataParameters,
  encodeFunctionData,
} from 'viem';
import type { Call } from '../../call/call.ts';

type Write = 'nonpayable';

/**
 * A call of one of the compute contracts.
 *
 * @throws `MillraceError` `INVALID_AMOUNT` or `INVALID_ADDRESS` when an argument is out of range.
 */
export function buildComputeCall<
  const abi extends Abi,
  const name extends ContractFunctionName<abi, Write>,
  const args extends ContractFunctionArgs<abi, Write, name>,
>(abi: abi, to: Address, functionName: name, args: args): Call {
  const parameters = { abi, functionName, args } as unknown as EncodeFunctionDataParameters;
  try {
    return { to, data: encodeFunctionData(parameters) };
  } catch (error) {
    throw toMillraceError(error);
  }
}
