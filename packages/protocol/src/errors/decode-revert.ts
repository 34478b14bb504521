import { decodeErrorResult, type Hex } from 'viem';
import { knownErrors, WRAPPED } from './known-errors.ts';

/** What a contract said when it reverted. */
export type Revert = {
  /** The error by name; `undefined` when it is none that is known. */
  readonly name: string | undefined;
  /** Such as `Paused(uint256)`. */
  readonly signature: string | undefined;
  /** By the names of the ABI. */
  readonly args: Readonly<Record<string, unknown>>;
  /** As it came, innermost if it was wrapped. */
  readonly data: Hex;
};

/** Reads revert data. Errors that another contract wrapped (ERC-7751) are unwrapped. Never throws. */
export function decodeRevert(data: Hex): Revert {
  const known = knownErrors().get(data.slice(0, 10).toLowerCase());
  const unknown: Revert = { name: undefined, signature: undefined, args: {}, data };
  if (known === undefined) return unknown;
  let values: readonly unknown[];
  try {
    values = decodeErrorResult({ abi: [known.abi], data }).args ?? [];
  } catch {
    return unknown;
  }
  if (known.abi === WRAPPED) {
    const reason = values[2] as Hex;
    return reason === data || reason.length < 10 ? unknown : decodeRevert(reason);
  }
  const args = Object.fromEntries(known.abi.inputs.map((input, i) => [input.name ?? String(i), values[i]]));
  return { name: known.abi.name, signature: known.signature, args, data };
}
