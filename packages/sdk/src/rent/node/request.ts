import { MillraceError } from '@millrace/protocol';
import { encodeWire, RefusalError, refusalSchema } from '@millrace/protocol/wire';
import type { z } from 'zod';
import { RentError } from '../error/rent-error.ts';
import { readBytes, readLines } from './read-text.ts';

/** How requests to nodes are made. */
export type Http = {
  readonly fetch: typeof globalThis.fetch;
  /** How long a node may take for a short answer. */
  readonly timeoutMilliseconds: number;
};

export type Asked = {
  readonly url: string;
  /** A message, sent as JSON; text and bytes as they are. Default: none, and GET. */
  readonly body?: unknown;
  readonly signal?: AbortSignal | undefined;
  readonly mostBytes?: number | undefined;
  readonly timeoutMilliseconds?: number | undefined;
};

const MOST_ANSWER_BYTES = 32 * 2 ** 20;
const MOST_LINE_BYTES = 2 * 2 ** 20;

/**
 * Asks a node, and checks what it answers.
 *
 * @throws `RefusalError` when it says no; {@link RentError} `RENT_NODE_UNREACHABLE`, `RENT_ANSWER_INVALID`; what the
 * signal was aborted with.
 */
export async function ask<S extends z.ZodType>(http: Http, schema: S, asked: Asked): Promise<z.infer<S>> {
  return readAnswer(schema, asked.url, await askText(http, asked));
}

/** The text of an answer, before it is checked. */
async function askText(http: Http, asked: Asked): Promise<string> {
  const bytes = await askBytes(http, asked);
  return new TextDecoder().decode(bytes);
}

/** The bytes of an answer. */
export async function askBytes(http: Http, asked: Asked): Promise<Uint8Array<ArrayBuffer>> {
  const limit = new AbortController();
  const timer = setTimeout(
    () => limit.abort(tooSlow(asked.url)),
    asked.timeoutMilliseconds ?? http.timeoutMilliseconds,
  );
  try {
    const response = await send(http, asked, limit);
    return await failing(asked, limit.signal, () =>
      readBytes(response, asked.mostBytes ?? MOST_ANSWER_BYTES),
    );
  } finally {
    clearTimeout(timer);
    // Lets go of the caller's signal.
    limit.abort();
  }
}

/**
 * Opens a stream of lines, and checks each. Leaving the loop, or aborting the signal, closes it.
 *
 * @param onBytes told whenever something arrives; an open stream alone is no sign of life
 */
export async function* askLines<S extends z.ZodType>(
  http: Http,
  schema: S,
  asked: Asked,
  onBytes?: () => void,
): AsyncGenerator<z.infer<S>> {
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(tooSlow(asked.url)), http.timeoutMilliseconds);
  const response = await send(http, asked, limit).finally(() => clearTimeout(timer));
  const lines = readLines(response, asked.mostBytes ?? MOST_LINE_BYTES, onBytes);
  try {
    for (;;) {
      const { done, value } = await failing(asked, limit.signal, () => lines.next());
      if (done === true) return;
      yield readAnswer(schema, asked.url, value);
    }
  } finally {
    limit.abort();
  }
}

async function send(http: Http, asked: Asked, limit: AbortController): Promise<Response> {
  const { signal, body, url } = asked;
  if (signal?.aborted) throw signal.reason;
  // A signal of its own for each request: hundreds may listen to the one that ends them all.
  const own = signal === undefined ? undefined : AbortSignal.any([signal]);
  own?.addEventListener('abort', () => limit.abort(own.reason), { once: true, signal: limit.signal });
  const response = await failing(asked, limit.signal, () =>
    http.fetch(url, {
      method: body === undefined ? 'GET' : 'POST',
      signal: limit.signal,
      ...(body === undefined ? {} : written(body)),
    }),
  );
  if (response.ok) return response;
  const said = await failing(asked, limit.signal, () => readBytes(response, 2 ** 20));
  throw refusalOf(url, response.status, new TextDecoder().decode(said));
}

function written(body: unknown): { body: string | Uint8Array<ArrayBuffer>; headers: Record<string, string> } {
  if (body instanceof Uint8Array) {
    return { body: body as Uint8Array<ArrayBuffer>, headers: { 'content-type': 'application/vnd.ipld.car' } };
  }
  return {
    body: typeof body === 'string' ? body : encodeWire(body),
    headers: { 'content-type': 'application/json' },
  };
}

/** Whatever goes wrong on the way becomes an error with words. */
async function failing<T>({ url }: Asked, signal: AbortSignal, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (cause) {
    if (signal.aborted) throw signal.reason;
    if (cause instanceof MillraceError) throw cause;
    throw new RentError('RENT_NODE_UNREACHABLE', `${hostOf(url)} does not answer.`, { url }, cause);
  }
}

function tooSlow(url: string): RentError {
  return new RentError('RENT_NODE_UNREACHABLE', `${hostOf(url)} takes too long to answer.`, { url });
}

function refusalOf(url: string, status: number, text: string): MillraceError {
  try {
    return RefusalError.from(refusalSchema.parse(JSON.parse(text)));
  } catch {
    const details = { url, status, text: text.slice(0, 200) };
    return new RentError(
      'RENT_ANSWER_INVALID',
      `${hostOf(url)} refuses without a reason (${status}).`,
      details,
    );
  }
}

function readAnswer<S extends z.ZodType>(schema: S, url: string, text: string): z.infer<S> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new RentError('RENT_ANSWER_INVALID', `${hostOf(url)} answers what is no JSON.`, { url }, cause);
  }
  const read = schema.safeParse(value);
  if (read.success) return read.data;
  const problems = read.error.issues.slice(0, 8).map(({ path, message }) => `${path.join('.')}: ${message}`);
  throw new RentError('RENT_ANSWER_INVALID', `${hostOf(url)} answers what cannot be read.`, {
    url,
    problems,
  });
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url;
}
