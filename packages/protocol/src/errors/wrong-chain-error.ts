import { MillraceError } from './millrace-error.ts';

/** The node or the wallet is on another chain than the client. */
export class WrongChainError extends MillraceError {
  override readonly name = 'WrongChainError';

  constructor(expected: number | undefined, actual: number | undefined, cause?: unknown) {
    const meant = expected === undefined ? 'another chain' : `chain ${expected}`;
    const found = actual === undefined ? 'this is not it' : `this is chain ${actual}`;
    super(`This is meant for ${meant}, and ${found}.`, {
      code: 'WRONG_CHAIN',
      fault: 'user',
      hint: 'Switch the wallet or the RPC address to the chain of the market.',
      details: { expected, actual },
      cause,
    });
  }
}
