import { abis } from '@millrace/protocol/contracts';
import { type Abi, BaseError, decodeErrorResult, type Hex, isHex } from 'viem';

const ERRORS = Object.values(abis as unknown as Record<string, Abi>)
  .flat()
  .filter((item) => item.type === 'error');

/** The name of the custom error that a call reverted with; `undefined` when it failed otherwise (network, out of gas). */
export function revertName(error: unknown): string | undefined {
  const data = revertData(error);
  if (data === undefined) return undefined;
  try {
    return decodeErrorResult({ abi: ERRORS, data }).errorName;
  } catch {
    return 'UnknownRevert';
  }
}

function revertData(error: unknown): Hex | undefined {
  if (!(error instanceof BaseError)) return undefined;
  let found: Hex | undefined;
  error.walk((each) => {
    const { data } = each as { data?: unknown };
    const inner = typeof data === 'object' && data !== null ? (data as { data?: unknown }).data : data;
    if (found === undefined && isHex(inner) && inner.length >= 10) found = inner;
    return false;
  });
  return found;
}

/** Whether a call was refused by a contract, rather than not answered. */
export function isRevert(error: unknown): boolean {
  if (revertData(error) !== undefined) return true;
  return error instanceof BaseError && /revert/i.test(error.message);
}
