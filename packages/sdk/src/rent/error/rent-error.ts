import { MillraceError } from '@millrace/protocol';
import { RENT_WORDS, type RentErrorCode } from './rent-words.ts';

/**
 * Why a job could not be rented, or a node was given up.
 *
 * @example
 * ```ts
 * await handle.result.catch((error) => {
 *   if (error instanceof RentError && error.code === 'RENT_NO_OFFER') console.log(error.details?.dismissed)
 * })
 * ```
 */
export class RentError extends MillraceError {
  override readonly name = 'RentError';
  declare readonly code: RentErrorCode;

  constructor(
    code: RentErrorCode,
    shortMessage: string,
    details?: Readonly<Record<string, unknown>>,
    cause?: unknown,
  ) {
    super(shortMessage, { ...RENT_WORDS[code], code, details, cause });
  }
}
