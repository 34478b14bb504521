import { ParallelError } from '../../errors.ts';
import { malformed } from './answer-parser.ts';
import { refusal } from './check-envelope.ts';

const SNIPPET = 64 * 1024;

/** The error for an answer that is not of status 200. Some servers put a JSON-RPC error in it. */
export async function httpFailure(method: string, response: Response): Promise<ParallelError> {
  const { status } = response;
  const text = await beginningOf(response);
  const error = rpcErrorIn(text);
  if (error !== undefined && status !== 401 && status !== 403 && status !== 429)
    return refusal(method, error);
  return new ParallelError(`The server answered with HTTP status ${status}.`, {
    code: 'RPC_HTTP_STATUS',
    fault: status === 401 || status === 403 ? 'user' : 'network',
    retryable: status === 429 || status >= 500,
    hint: hintFor(status),
    details: { status, text: text.slice(0, 200) },
  });
}

/** The error for a question that was not answered to its end. */
export function lineFailure(cause: unknown): ParallelError {
  const inner = cause instanceof Error ? cause.cause : undefined;
  const code = String((inner as { code?: unknown } | undefined)?.code ?? '');
  if (/^Z_|DECODING|^ERR__ERROR/.test(code))
    return malformed('It is not compressed in the way it says.', cause);
  const words =
    inner instanceof Error && inner.message ? inner.message : String((cause as Error)?.message ?? cause);
  return new ParallelError(`The server cannot be reached or hung up: ${words.slice(0, 200)}.`, {
    code: 'RPC_UNREACHABLE',
    fault: 'network',
    retryable: true,
    hint: 'Check that it runs, that the URL is right, and that it may answer as much as was asked.',
    ...(code && { details: { reason: code } }),
    cause,
  });
}

async function beginningOf(response: Response): Promise<string> {
  const reader = response.body?.getReader();
  const decoder = new TextDecoder();
  let text = '';
  while (reader && text.length < SNIPPET) {
    const { done, value } = await reader.read();
    if (done) return text;
    text += decoder.decode(value, { stream: true });
  }
  await reader?.cancel();
  return text;
}

function rpcErrorIn(text: string): unknown {
  try {
    return (JSON.parse(text) as { error?: { message?: unknown } } | null)?.error?.message === undefined
      ? undefined
      : JSON.parse(text).error;
  } catch {
    return undefined;
  }
}

function hintFor(status: number): string {
  if (status === 401 || status === 403) return 'Check the key in the URL or in the headers.';
  if (status === 429) return 'Ask less often, or use a server that allows more.';
  if (status === 404) return 'Check the path of the URL.';
  return 'Try again, or use another server.';
}
