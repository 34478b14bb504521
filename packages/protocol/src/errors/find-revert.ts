import type { Hex } from 'viem';
import { causesOf } from './causes.ts';

const EXECUTION_REVERTED = 3;
const REVERTED = /execution reverted|reverted with|VM Exception|transaction reverted|revert$/i;

/**
 * The revert data in whatever a client, a node or a wallet threw: `0x` when something reverted without a word,
 * `undefined` when nothing reverted.
 */
export function findRevertData(error: unknown): Hex | undefined {
  let reverted = false;
  for (const cause of causesOf(error)) {
    if (typeof cause !== 'object' || cause === null) continue;
    const data = dataOf(cause, 0);
    if (data !== undefined && data.length >= 10) return data;
    reverted ||= data === '0x' || isRevert(cause);
  }
  return reverted ? '0x' : undefined;
}

/** The reason that a node put into its message instead of data. */
export function findRevertReason(error: unknown): string | undefined {
  for (const cause of causesOf(error)) {
    const details = property(cause, 'details') ?? property(cause, 'message');
    const match = /(?:execution reverted|reverted with reason string):?\s*'?([^'\n]+)/i.exec(
      String(details ?? ''),
    );
    if (match?.[1] && !/^custom error/i.test(match[1])) return match[1].trim();
  }
  return undefined;
}

/** Data is on the error, or nested as wallets do: `data.data`, `data.originalError.data`, `error.data`. */
function dataOf(value: unknown, depth: number): Hex | undefined {
  if (typeof value !== 'object' || value === null || depth > 3) return undefined;
  for (const key of ['raw', 'data', 'error', 'originalError']) {
    const inner = property(value, key);
    if (typeof inner === 'string' && /^0x([0-9a-f]{2})*$/i.test(inner)) return inner as Hex;
    const nested = dataOf(inner, depth + 1);
    if (nested !== undefined) return nested;
  }
  return undefined;
}

function isRevert(cause: object): boolean {
  if (property(cause, 'code') === EXECUTION_REVERTED) return true;
  return [property(cause, 'details'), property(cause, 'message')].some((text) =>
    REVERTED.test(String(text ?? '')),
  );
}

function property(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined;
}
