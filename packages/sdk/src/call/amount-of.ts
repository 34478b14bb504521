import { decodeAbiParameters, type Hex } from 'viem';

/** The one number that a call returned. */
export function amountOf(output: Hex): bigint {
  return decodeAbiParameters([{ type: 'uint256' }], output)[0];
}

/** The two numbers that a call returned. */
export function amountsOf(output: Hex): readonly [bigint, bigint] {
  return decodeAbiParameters([{ type: 'uint256' }, { type: 'uint256' }], output);
}

/** Whether a call returned true. */
export function truthOf(output: Hex): boolean {
  return decodeAbiParameters([{ type: 'bool' }], output)[0];
}
