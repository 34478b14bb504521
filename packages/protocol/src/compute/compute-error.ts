import { MillraceError } from '../errors/millrace-error.ts';
import { COMPUTE_WORDS, type ComputeErrorCode } from './compute-words.ts';

/**
 * A job, receipt, certificate, price or voucher that cannot be accepted; found before anything is signed or sent.
 *
 * @example
 * ```ts
 * try {
 *   await book.accept(voucher)
 * } catch (error) {
 *   if (error instanceof ComputeError && error.code === 'VOUCHER_ABOVE_DEPOSIT') askForTopUp()
 * }
 * ```
 */
export class ComputeError extends MillraceError {
  override readonly name = 'ComputeError';
  declare readonly code: ComputeErrorCode;

  constructor(
    code: ComputeErrorCode,
    shortMessage: string,
    details?: Readonly<Record<string, unknown>>,
    cause?: unknown,
  ) {
    super(shortMessage, { ...COMPUTE_WORDS[code], code, details, cause });
  }
}
