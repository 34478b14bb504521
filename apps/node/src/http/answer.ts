import { amountsAsText, toMillraceError } from '@millrace/protocol';
import { RefusalError } from '@millrace/protocol/wire';
import type { Context } from 'hono';
import type { Core } from '../core.ts';

/** JSON whose amounts are decimal strings. */
export function answer(value: unknown, status = 200, headers: Record<string, string> = {}): Response {
  const text = JSON.stringify(value, amountsAsText);
  return new Response(text, { status, headers: { 'content-type': 'application/json', ...headers } });
}

/** A refusal as it is; whatever else went wrong is our fault, and is written down. */
export function answerError(error: unknown, context: Context, { log, metrics }: Core): Response {
  if (error instanceof RefusalError) {
    metrics.refused.inc({ code: error.code });
    return answerRefusal(error);
  }
  const known = toMillraceError(error);
  log.error(
    { path: context.req.path, error: known.toJSON(), stack: (error as Error).stack },
    'a request failed',
  );
  return answerRefusal(new RefusalError('NODE_FAILED', 'This node could not do it.', { reason: known.code }));
}

function answerRefusal(refusal: RefusalError): Response {
  return answer(refusal.toRefusal(), refusal.status, refusalHeaders(refusal));
}

/** When to ask again, as every client of HTTP reads it. */
export function refusalHeaders({ retryAfterMilliseconds: wait }: RefusalError): Record<string, string> {
  return wait === undefined ? {} : { 'retry-after': String(Math.ceil(wait / 1_000)) };
}
