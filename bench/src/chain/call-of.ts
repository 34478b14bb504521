import {
  type Abi,
  type Address,
  type ContractFunctionArgs,
  type ContractFunctionName,
  encodeFunctionData,
} from 'viem';
import type { Call } from './bench-chain.ts';

type Writing = 'nonpayable' | 'payable';

/** A call of a function by its ABI, not sent yet. */
export function callOf<
  const A extends Abi,
  N extends ContractFunctionName<A, Writing>,
  const P extends ContractFunctionArgs<A, Writing, N>,
>(from: Address, to: Address, abi: A, functionName: N, args: P): Call {
  const data = encodeFunctionData({
    abi: abi as Abi,
    functionName: functionName as string,
    args: args as readonly unknown[],
  });
  return { from, to, data, label: functionName };
}
