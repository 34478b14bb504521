import { MillraceError } from '@millrace/protocol';

/** A price file that cannot be replayed: where it is wrong, and how. */
export class PriceDataError extends MillraceError {
  override readonly name = 'PriceDataError';

  constructor(what: string, line: number, text: string) {
    super(`Prices, line ${line}: ${what}.`, {
      code: 'PRICE_DATA',
      fault: 'user',
      hint: 'Restore the file from the repository, or correct that line.',
      details: { line, text },
    });
  }
}
