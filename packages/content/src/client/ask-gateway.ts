import { type ByteStream, toIterable } from '../byte-stream.ts';
import type { Cid } from '../cid.ts';
import { ContentError, type ContentErrorCode, isContentErrorCode } from '../content-error.ts';

/** How gateways are reached. */
export type ClientOptions = {
  readonly signal?: AbortSignal | undefined;
  /** Default: that of the platform. */
  readonly fetch?: typeof globalThis.fetch | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** A gateway that needs longer than this for one block, or for an answer, is given up. Default: 30. */
  readonly stallSeconds?: number | undefined;
};

/** An answer that is given up when nothing comes of it for too long. */
export type Answer = {
  readonly body: ByteStream;
  /** Something useful came: bytes alone may drip forever. */
  progress(): void;
  close(): void;
};

const STALL_SECONDS = 30;

/**
 * Sends one request to a gateway.
 *
 * @param path below the address of the gateway, such as `ipfs/<cid>?format=raw`.
 * @param type what the answer has to be.
 * @throws {@link ContentError} `CONTENT_UNREACHABLE`, or what the gateway said; what `signal` was aborted with.
 */
export async function askGateway(
  gateway: string,
  path: string,
  type: string,
  { signal, fetch = globalThis.fetch, headers, stallSeconds = STALL_SECONDS }: ClientOptions,
  upload?: { body: Blob; type: string },
): Promise<Answer> {
  signal?.throwIfAborted();
  const stall = createStall(gateway, stallSeconds, signal);
  try {
    const response = await fetch(addressOf(gateway, path), {
      method: upload ? 'POST' : 'GET',
      headers: { ...headers, accept: type, ...(upload && { 'content-type': upload.type }) },
      body: upload?.body ?? null,
      // A gateway that could send us elsewhere could make us ask whatever is reachable from here.
      redirect: 'error',
      signal: stall.signal,
    });
    if (!response.ok) throw await errorOf(gateway, response);
    if (!response.headers.get('content-type')?.toLowerCase().startsWith(type)) {
      throw new ContentError('CONTENT_CORRUPT', `${gateway} answers with something else.`, { gateway });
    }
    stall.progress();
    return {
      body: rethrowing(response.body ?? [], (error) => explain(error, gateway, stall.signal, signal)),
      progress: stall.progress,
      close: stall.close,
    };
  } catch (error) {
    stall.close();
    throw explain(error, gateway, stall.signal, signal);
  }
}

/** The address of something below that of a gateway, with or without a slash at its end. */
function addressOf(gateway: string, path: string): URL {
  try {
    return new URL(path, gateway.endsWith('/') ? gateway : `${gateway}/`);
  } catch (cause) {
    throw new ContentError('CONTENT_UNREACHABLE', `“${gateway}” is no address.`, { gateway }, cause);
  }
}

function createStall(gateway: string, seconds: number, outer: AbortSignal | undefined) {
  const stalled = new AbortController();
  const giveUp = () =>
    stalled.abort(
      new ContentError('CONTENT_UNREACHABLE', `${gateway} sends nothing for ${seconds} s.`, {
        gateway,
        seconds,
      }),
    );
  let timer = setTimeout(giveUp, seconds * 1_000);
  return {
    signal: outer ? AbortSignal.any([outer, stalled.signal]) : stalled.signal,
    progress() {
      clearTimeout(timer);
      timer = setTimeout(giveUp, seconds * 1_000);
    },
    close() {
      clearTimeout(timer);
      // Frees the connection when not all was read.
      stalled.abort();
    },
  };
}

async function* rethrowing(stream: ByteStream, explained: (error: unknown) => unknown) {
  try {
    yield* toIterable(stream);
  } catch (error) {
    throw explained(error);
  }
}

/** A failure of ours, of the caller who gave up, or of the way to the gateway. */
function explain(
  error: unknown,
  gateway: string,
  inner: AbortSignal,
  outer: AbortSignal | undefined,
): unknown {
  if (outer?.aborted) return outer.reason;
  if (error instanceof ContentError) return error;
  if (inner.aborted && inner.reason instanceof ContentError) return inner.reason;
  return new ContentError('CONTENT_UNREACHABLE', `${gateway} cannot be reached.`, { gateway }, error);
}

const CODES: Record<number, ContentErrorCode> = {
  401: 'CONTENT_REFUSED',
  402: 'CONTENT_REFUSED',
  403: 'CONTENT_REFUSED',
  404: 'CONTENT_NOT_FOUND',
  405: 'CONTENT_REFUSED',
  410: 'CONTENT_GONE',
  413: 'CONTENT_TOO_LARGE',
  451: 'CONTENT_GONE',
  507: 'CONTENT_FULL',
};
const MOST_ERROR_CHARACTERS = 500;

/** What a gateway says of its failure, if it is one of ours; else by the status alone. */
async function errorOf(gateway: string, response: Response): Promise<ContentError> {
  const { status } = response;
  const said = await readSaid(response);
  const code = isContentErrorCode(said?.code) ? said.code : (CODES[status] ?? 'CONTENT_UNREACHABLE');
  const text =
    typeof said?.shortMessage === 'string' ? said.shortMessage : `It answers with status ${status}.`;
  return new ContentError(code, `${gateway}: ${text.slice(0, MOST_ERROR_CHARACTERS)}`, { gateway, status });
}

type Said = { code?: unknown; shortMessage?: unknown };
const MOST_ERROR_BYTES = 10_000;

async function readSaid(response: Response): Promise<Said | undefined> {
  if (Number(response.headers.get('content-length') ?? Infinity) > MOST_ERROR_BYTES) {
    await response.body?.cancel().catch(() => {});
    return undefined;
  }
  const value = (await response.json().catch(() => undefined)) as { error?: Said } | undefined;
  return typeof value?.error === 'object' && value.error !== null ? value.error : undefined;
}

/** The name of a block or a CAR of it below a gateway. */
export function pathOf(cid: Cid, format: 'raw' | 'car'): string {
  return `ipfs/${cid}?format=${format}${format === 'car' ? '&dag-scope=entity' : ''}`;
}
