import { MillraceError } from './millrace-error.ts';

/** A text that is no amount: letters, a sign, separators, or more decimals than the token has. */
export class InvalidAmountError extends MillraceError {
  override readonly name = 'InvalidAmountError';

  constructor(text: string, reason: string, hint: string) {
    super(`“${text}” is not an amount: ${reason}.`, {
      code: 'INVALID_AMOUNT',
      fault: 'user',
      hint,
      details: { text },
    });
  }
}
