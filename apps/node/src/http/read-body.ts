import { RefusalError, readWireText } from '@millrace/protocol/wire';
import type { Context } from 'hono';
import type { z } from 'zod';

/** 256 jobs with some inputs each. */
const MOST_BYTES = 2 << 20;

/**
 * The message in the body of a request.
 *
 * @throws `RefusalError` `REQUEST_TOO_LARGE`, `REQUEST_INVALID`
 */
export async function readBody<S extends z.ZodType>(
  context: Context,
  schema: S,
  mostBytes = MOST_BYTES,
): Promise<z.infer<S>> {
  return readWireText(schema, await readText(context.req.raw, mostBytes));
}

/** @throws `RefusalError` `REQUEST_TOO_LARGE` */
export async function readText(request: Request, mostBytes: number): Promise<string> {
  const tooLarge = () =>
    new RefusalError('REQUEST_TOO_LARGE', `A request has at most ${mostBytes} bytes.`, { most: mostBytes });
  if (Number(request.headers.get('content-length') ?? 0) > mostBytes) throw tooLarge();
  const decoder = new TextDecoder();
  let [text, bytes] = ['', 0];
  for await (const piece of (request.body ?? []) as AsyncIterable<Uint8Array>) {
    bytes += piece.length;
    if (bytes > mostBytes) throw tooLarge();
    text += decoder.decode(piece, { stream: true });
  }
  return text + decoder.decode();
}
