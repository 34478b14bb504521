import { encodeErrorResult, parseAbi } from 'viem';
import { cluesOf } from './clue.ts';
import { decodeNetwork } from './decode-network.ts';
import { decodeTransaction } from './decode-transaction.ts';
import { decodeWallet } from './decode-wallet.ts';
import type { ErrorContext } from './error-context.ts';
import { findRevertData, findRevertReason } from './find-revert.ts';
import { MillraceError } from './millrace-error.ts';
import { RevertError } from './revert-error.ts';
import { UnexpectedError } from './unexpected-error.ts';

const REASON = parseAbi(['error Error(string message)']);

/**
 * Turns whatever was thrown on the way to a contract into an error that says what happened, whose fault it is, what to do,
 * and whether trying again can help: a revert of any of our contracts, of a token or a library, of the compiler's checks; a
 * wallet's refusal; a wrong chain; a node that is down, slow, busy, or talks nonsense. An error of ours comes back as it is.
 *
 * @param context what is known of the market, so that amounts are told in tokens
 *
 * @example
 * ```ts
 * const error = toMillraceError(caught, { asset: { address: '0x…', symbol: 'USDC', decimals: 6 } })
 * error.code // 'TILLS_DRY'
 * error.shortMessage // 'This needs 500 USDC, and the market has 120 USDC at hand; the rest is lent out.'
 * ```
 */
export function toMillraceError(error: unknown, context: ErrorContext = {}): MillraceError {
  if (error instanceof MillraceError) return error;
  const clues = cluesOf(error);
  return (
    decodeWallet(clues, error) ??
    decodeRevertOf(error, context) ??
    decodeTransaction(clues, error) ??
    decodeNetwork(clues, error) ??
    new UnexpectedError(error)
  );
}

function decodeRevertOf(error: unknown, context: ErrorContext): RevertError | undefined {
  const data = findRevertData(error);
  if (data === undefined) return undefined;
  const reason = data === '0x' ? findRevertReason(error) : undefined;
  if (reason === undefined) return new RevertError(data, context, error);
  const told = encodeErrorResult({ abi: REASON, errorName: 'Error', args: [reason] });
  return new RevertError(told, context, error);
}
