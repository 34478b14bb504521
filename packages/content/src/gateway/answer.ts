import { ContentError, type ContentErrorCode } from '../content-error.ts';

const STATUS: Record<ContentErrorCode, number> = {
  CONTENT_NOT_FOUND: 404,
  CONTENT_GONE: 410,
  CONTENT_INVALID: 400,
  CONTENT_REFUSED: 403,
  CONTENT_TOO_LARGE: 413,
  CONTENT_FULL: 507,
  CONTENT_CORRUPT: 500,
  CONTENT_STORE_FAILED: 500,
  CONTENT_UNREACHABLE: 502,
};

/** Any page may read from a gateway: what it gives is public, and verified by whoever gets it. */
const OPEN_TO_ALL = {
  'access-control-allow-origin': '*',
  'access-control-allow-methods': 'GET, HEAD, POST, OPTIONS',
  'access-control-allow-headers': '*, Authorization, Content-Type',
  'access-control-expose-headers':
    'Content-Length, Content-Disposition, Etag, Retry-After, X-Ipfs-Path, X-Ipfs-Roots',
  'x-content-type-options': 'nosniff',
} as const;

/** An answer of the gateway. Of a `HEAD`, only the headers are sent. */
export function answer(
  request: Request,
  status: number,
  headers: Record<string, string>,
  body: ReadableStream | Uint8Array<ArrayBuffer> | string | null = null,
): Response {
  const isBodiless = request.method === 'HEAD' || status === 204 || status === 304;
  return new Response(isBodiless ? null : body, { status, headers: { ...OPEN_TO_ALL, ...headers } });
}

/** Any value as JSON that nobody keeps. */
export function answerJson(
  request: Request,
  status: number,
  value: unknown,
  headers: Readonly<Record<string, string>> = {},
): Response {
  const more = { 'content-type': 'application/json', 'cache-control': 'no-store', ...headers };
  return answer(request, status, more, JSON.stringify(value));
}

/** How a gateway says that something failed, which may be that of the server it is a part of. */
export type FailureOptions = {
  /** What the JSON of a failure has besides `error`, and another status for it. */
  readonly describeFailure?: ((error: ContentError, request: Request) => FailureWords) | undefined;
};

export type FailureWords = {
  readonly status?: number | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly body?: Readonly<Record<string, unknown>> | undefined;
};

/**
 * A failure as `{ error: { code, shortMessage, hint, retryable, … } }`. What failed inside of the gateway is not told to
 * strangers: it may name folders.
 */
export function answerError(
  request: Request,
  { describeFailure }: FailureOptions,
  error: unknown,
  status = statusOf(request, error),
): Response {
  const isTold = error instanceof ContentError && status !== 500;
  const told = isTold ? error : new ContentError('CONTENT_STORE_FAILED', 'This gateway failed.');
  const words = describeFailure?.(told, request);
  const value = { ...words?.body, error: told.toJSON() };
  return answerJson(request, words?.status ?? status, value, words?.headers);
}

function statusOf(request: Request, error: unknown): number {
  if (!(error instanceof ContentError)) return 500;
  const isOfSender = request.method === 'POST' && /CORRUPT|NOT_FOUND/.test(error.code);
  return isOfSender ? 400 : STATUS[error.code];
}
