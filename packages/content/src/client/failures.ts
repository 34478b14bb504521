import type { Cid } from '../cid.ts';
import { ContentError, type ContentErrorCode } from '../content-error.ts';

/** What one gateway failed with. */
export type Failure = { readonly gateway: string; readonly error: ContentError };

/** One error for what all gateways failed with. */
export function summarise(cid: Cid, failures: readonly Failure[]): ContentError {
  const has = (code: ContentErrorCode) => failures.some(({ error }) => error.code === code);
  const isNowhere = failures.length > 0 && failures.every(({ error }) => error.code === 'CONTENT_NOT_FOUND');
  const details = {
    cid,
    gateways: failures.map(({ gateway, error }) => ({ gateway, code: error.code, said: error.shortMessage })),
  };
  if (isNowhere) return new ContentError('CONTENT_NOT_FOUND', `No gateway has ${cid}.`, details);
  const code = has('CONTENT_CORRUPT') ? 'CONTENT_CORRUPT' : 'CONTENT_UNREACHABLE';
  return new ContentError(code, `No gateway gives ${cid}.`, details, failures.at(-1)?.error);
}
