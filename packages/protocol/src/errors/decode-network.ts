import type { Clue } from './clue.ts';
import { NetworkError } from './network-error.ts';

const UNREACHABLE =
  /econnrefused|econnreset|enotfound|ehostunreach|eai_again|fetch failed|failed to fetch|networkerror|network request failed|socket hang up|socket closed|load failed/;
const BUSY = /rate limit|too many requests|limit exceeded|quota/;
const BUSY_CODES = new Set<unknown>([-32005, -32097, 429]);
const UNSUPPORTED_CODES = new Set<unknown>([-32601, -32004]);
const CHECK_ADDRESS = 'Check the RPC address and that the node runs.';

/** A failure between the client and the node. */
export function decodeNetwork(clues: readonly Clue[], cause: unknown): NetworkError | undefined {
  const has = (matches: (clue: Clue) => boolean) => clues.some(matches);
  if (has(({ name, text }) => name === 'TimeoutError' || /request took too long|etimedout/.test(text)))
    return fail(
      'The node did not answer in time.',
      'RPC_TIMEOUT',
      true,
      'Try again, or use another RPC address.',
      cause,
    );
  if (has(({ status, code, text }) => status === 429 || BUSY_CODES.has(code) || BUSY.test(text)))
    return fail(
      'The node takes no more requests now.',
      'RPC_BUSY',
      true,
      'Wait a little, or use another RPC address.',
      cause,
    );
  if (has(isNonsense))
    return fail(
      'The node answered with something that is not JSON-RPC.',
      'RPC_MALFORMED',
      false,
      'Check the RPC address: a web page or a proxy may answer there.',
      cause,
    );
  if (has(({ code, text }) => UNREACHABLE.test(text) || UNREACHABLE.test(String(code).toLowerCase())))
    return fail('The node cannot be reached.', 'RPC_UNREACHABLE', true, CHECK_ADDRESS, cause);
  const status = clues.find((clue) => clue.status !== undefined)?.status;
  if (status !== undefined && status >= 500)
    return fail(
      `The node failed (HTTP ${status}).`,
      'RPC_FAILED',
      true,
      'Try again, or use another RPC address.',
      cause,
    );
  if (status !== undefined && status >= 400)
    return fail(
      `The node refused the request (HTTP ${status}).`,
      'RPC_REFUSED',
      false,
      'Check the RPC address and its key.',
      cause,
    );
  if (has(({ code, name }) => UNSUPPORTED_CODES.has(code) || name === 'MethodNotFoundRpcError'))
    return fail(
      'The node does not know this request.',
      'RPC_UNSUPPORTED',
      false,
      'Use a node that supports it.',
      cause,
    );
  if (
    has(
      ({ name }) =>
        name === 'HttpRequestError' || name === 'WebSocketRequestError' || name === 'SocketClosedError',
    )
  )
    return fail('The node cannot be reached.', 'RPC_UNREACHABLE', true, CHECK_ADDRESS, cause);
  return undefined;
}

/** A page instead of JSON, JSON that is no answer, and what clients stumble over when the answer is missing. */
function isNonsense({ name, text }: Clue): boolean {
  if (name === 'SyntaxError' || /unexpected token|not valid json|<!doctype|<html/.test(text)) return true;
  if (name === 'BlockNotFoundError') return !/block at/.test(text);
  return name === 'TypeError' && /cannot (convert|read|destructure)|is not iterable/.test(text);
}

function fail(said: string, code: string, retryable: boolean, hint: string, cause: unknown): NetworkError {
  return new NetworkError(said, { code, retryable, hint, cause });
}
