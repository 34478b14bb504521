import { type Fault, MillraceError } from '@millrace/protocol/millrace-error';

type Words = { fault: Fault; retryable: boolean; hint: string };

const WORDS = {
  CONTENT_NOT_FOUND: {
    fault: 'provider',
    retryable: true,
    hint: 'Ask somebody who has it, or upload it again.',
  },
  CONTENT_CORRUPT: {
    fault: 'provider',
    retryable: true,
    hint: 'Nothing of it was used. Get it from elsewhere.',
  },
  CONTENT_TOO_LARGE: {
    fault: 'user',
    retryable: false,
    hint: 'Raise the limit, or use something smaller.',
  },
  CONTENT_UNREACHABLE: {
    fault: 'network',
    retryable: true,
    hint: 'Check the addresses of the gateways, or try again.',
  },
  CONTENT_INVALID: {
    fault: 'user',
    retryable: false,
    hint: 'Give a version 1 CID (SHA-256) of a file, or a CAR of one.',
  },
  CONTENT_FULL: {
    fault: 'provider',
    retryable: true,
    hint: 'Release content that is pinned, raise the limit of the store, or use another one.',
  },
  CONTENT_STORE_FAILED: {
    fault: 'user',
    retryable: true,
    hint: 'Check that the folder of the store is there, is writable and has room.',
  },
  CONTENT_REFUSED: {
    fault: 'user',
    retryable: false,
    hint: 'Use an address and a permission that this gateway accepts.',
  },
  CONTENT_GONE: {
    fault: 'provider',
    retryable: false,
    hint: 'It was taken away on purpose. Another gateway may have it.',
  },
} as const satisfies Record<string, Words>;

/**
 * `CONTENT_NOT_FOUND`: a block is missing. `CONTENT_CORRUPT`: bytes are not what their CID says. `CONTENT_TOO_LARGE`:
 * over a limit of bytes, blocks or depth. `CONTENT_UNREACHABLE`: no gateway answered. `CONTENT_INVALID`: no CID, no file,
 * no CAR. `CONTENT_FULL`: the store has no room. `CONTENT_STORE_FAILED`: the disk refuses. `CONTENT_REFUSED`: the
 * gateway does not want it. `CONTENT_GONE`: it was taken away on purpose.
 */
export type ContentErrorCode = keyof typeof WORDS;

/** Facts about one failure that JSON can carry. */
export type ContentErrorDetails = Readonly<Record<string, unknown>>;

/** Every error of this package. */
export class ContentError extends MillraceError {
  override readonly name = 'ContentError';
  declare readonly code: ContentErrorCode;

  constructor(
    code: ContentErrorCode,
    shortMessage: string,
    details?: ContentErrorDetails | undefined,
    cause?: unknown,
  ) {
    super(shortMessage, { ...WORDS[code], code, details, cause });
  }
}

/** Whether a text is the code of a {@link ContentError}, as a gateway may have sent it. */
export function isContentErrorCode(text: unknown): text is ContentErrorCode {
  return typeof text === 'string' && Object.hasOwn(WORDS, text);
}
