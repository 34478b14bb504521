import { MillraceError } from '@millrace/protocol/millrace-error';

/** An image, a model or an answer that is not of the form of this workload. */
export class DigitsError extends MillraceError {
  override readonly name = 'DigitsError';

  constructor(code: 'DIGITS_IMAGE_INVALID' | 'DIGITS_OUTPUT_INVALID', shortMessage: string) {
    super(shortMessage, { code, ...WORDS[code], retryable: false });
  }
}

const WORDS = {
  DIGITS_IMAGE_INVALID: { fault: 'user', hint: 'Give images of 784 bytes: 28 rows of 28, ink is 255.' },
  DIGITS_OUTPUT_INVALID: { fault: 'provider', hint: 'Run the job again, on another machine.' },
} as const;
