import type { ContentError, ContentErrorCode } from '@millrace/content';
import { type RefusalCode, RefusalError } from '@millrace/protocol/wire';

/** What cannot be read from here. */
const OF_READS: Record<ContentErrorCode, RefusalCode> = {
  CONTENT_NOT_FOUND: 'NOT_FOUND',
  CONTENT_GONE: 'NOT_FOUND',
  CONTENT_INVALID: 'REQUEST_INVALID',
  CONTENT_REFUSED: 'REQUEST_INVALID',
  CONTENT_TOO_LARGE: 'REQUEST_INVALID',
  CONTENT_FULL: 'STORE_FULL',
  CONTENT_CORRUPT: 'NODE_FAILED',
  CONTENT_STORE_FAILED: 'NODE_FAILED',
  CONTENT_UNREACHABLE: 'NODE_FAILED',
};

/** What is wrong with an upload is wrong with what was sent. */
const OF_UPLOADS: Record<ContentErrorCode, RefusalCode> = {
  ...OF_READS,
  CONTENT_NOT_FOUND: 'CONTENT_INVALID',
  CONTENT_INVALID: 'CONTENT_INVALID',
  CONTENT_CORRUPT: 'CONTENT_INVALID',
  CONTENT_TOO_LARGE: 'REQUEST_TOO_LARGE',
};

/** When a store that is full may have room again, milliseconds. */
const FULL_FOR = 10_000;

/** A failure of the gateway in the words of all refusals of a node. */
export function toContentRefusal({ code, shortMessage }: ContentError, isUpload: boolean): RefusalError {
  const refusal = (isUpload ? OF_UPLOADS : OF_READS)[code];
  const wait = refusal === 'STORE_FULL' ? FULL_FOR : undefined;
  return new RefusalError(refusal, shortMessage, { reason: code }, wait);
}
