import { ParallelError } from '../../errors.ts';
import type { Rpc } from '../rpc.ts';
import { AnswerParser, malformed } from './answer-parser.ts';
import { checkEnvelope, refusal } from './check-envelope.ts';
import { httpFailure, lineFailure } from './http-failure.ts';
import { Deadline } from './time-limits.ts';

export type HttpRpcOptions = {
  /** Where the server answers, `http:` or `https:`. */
  url: string;
  /** Sent with every question, such as a key. */
  headers?: Readonly<Record<string, string>>;
  /** How long one answer may take from question to last byte, in seconds. Default: 300. */
  timeoutSeconds?: number;
  /** How long the server may pause once it has begun to answer, in seconds. Default: 30. */
  idleTimeoutSeconds?: number;
  /** Default: the global `fetch`. */
  fetch?: typeof globalThis.fetch;
};

/** Longest single value: a transaction of 30 M gas traced with its memory stays below. */
const VALUE_LIMIT = 400 * 1024 * 1024;

/**
 * Asks a JSON-RPC server over HTTP. Long lists are read as a stream, so memory holds one element at a time.
 *
 * @throws {@link ParallelError} `BAD_URL` when the URL is not one of HTTP. The methods throw what {@link Rpc} names, and
 * `INTERRUPTED` when their signal is aborted.
 *
 * @example
 * ```ts
 * const rpc = createHttpRpc({ url: 'http://127.0.0.1:8545', timeoutSeconds: 60 })
 * console.log(await rpc.request('eth_blockNumber', []))
 * for await (const trace of rpc.stream('trace_replayBlockTransactions', ['0x1', ['stateDiff']])) console.log(trace)
 * ```
 */
export function createHttpRpc(options: HttpRpcOptions): Rpc {
  const url = checkedUrl(options.url);
  const limits = {
    totalSeconds: options.timeoutSeconds ?? 300,
    idleSeconds: options.idleTimeoutSeconds ?? 30,
  };
  let lastId = 0;

  async function* ask(method: string, params: readonly unknown[], elements: boolean, signal?: AbortSignal) {
    lastId += 1;
    const id = lastId;
    const deadline = new Deadline(limits, signal);
    const parser = new AnswerParser({ elements, valueLimit: VALUE_LIMIT });
    try {
      const body = JSON.stringify({ jsonrpc: '2.0', id, method, params });
      const headers = { 'content-type': 'application/json', ...options.headers };
      const send = options.fetch ?? globalThis.fetch;
      const response = await send(url, { method: 'POST', body, headers, signal: deadline.signal });
      deadline.alive();
      if (!response.ok) throw await httpFailure(method, response);
      for await (const chunk of chunksOf(response)) {
        deadline.pause();
        yield* parser.push(chunk);
        deadline.alive();
      }
      if (deadline.reason) throw deadline.reason;
      const { fields, listed } = parser.end();
      checkEnvelope(method, id, fields, listed);
      if (elements && !listed) throw notAList(method, fields.get('result'));
      if (!elements) yield fields.get('result');
    } catch (cause) {
      throw deadline.reason ?? (cause instanceof ParallelError ? cause : lineFailure(cause));
    } finally {
      deadline.release();
    }
  }

  return {
    async request(method, params, signal) {
      let result: unknown;
      for await (const value of ask(method, params, false, signal)) result = value;
      return result;
    },
    stream: (method, params, signal) => ask(method, params, true, signal),
  };
}

async function* chunksOf(response: Response): AsyncGenerator<Uint8Array> {
  const reader = response.body?.getReader();
  if (!reader) return;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    // Settles on its own when the body has failed already.
    reader.cancel().catch(() => undefined);
  }
}

function notAList(method: string, result: unknown): ParallelError {
  if (result === null) return refusal(method, { message: 'the result is null' });
  return malformed('Its result is not a list.');
}

function checkedUrl(url: string): string {
  if (URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)) return url;
  throw new ParallelError(`"${url.slice(0, 200)}" is not the URL of a server.`, {
    code: 'BAD_URL',
    fault: 'user',
    hint: 'Give one that begins with http:// or https://.',
  });
}
