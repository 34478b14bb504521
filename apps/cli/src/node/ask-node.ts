import { readFileSync } from 'node:fs';
import { MillraceError } from '@millrace/protocol';
import { RefusalError, readWireText, refusalSchema } from '@millrace/protocol/wire';
import type { z } from 'zod';

export type AskNodeOptions = {
  readonly method?: 'GET' | 'POST';
  /** Default: none. */
  readonly body?: string;
  /** The file with the token of the operator, for what only the operator may do. */
  readonly tokenFile?: string;
  readonly timeoutMilliseconds: number;
  readonly signal: AbortSignal;
};

/**
 * Asks a node something, over HTTP.
 *
 * @throws {@link MillraceError} `NODE_SILENT`, `NOT_YOUR_NODE`; {@link RefusalError}
 */
export async function askNode<S extends z.ZodType>(
  url: string,
  schema: S,
  { method = 'GET', body, tokenFile, timeoutMilliseconds, signal }: AskNodeOptions,
): Promise<z.infer<S>> {
  const headers = tokenFile === undefined ? {} : { authorization: `Bearer ${readToken(tokenFile)}` };
  const text = await fetch(url, {
    method,
    headers,
    ...(body === undefined ? {} : { body }),
    signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMilliseconds)]),
  }).then(
    async (response) => {
      const body = await response.text();
      if (!response.ok) throw RefusalError.from(readWireText(refusalSchema, body));
      return body;
    },
    (cause: unknown) => {
      throw silent(url, cause);
    },
  );
  return readWireText(schema, text);
}

function readToken(path: string): string {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch (cause) {
    throw new MillraceError('The token of this node cannot be read.', {
      code: 'NOT_YOUR_NODE',
      fault: 'user',
      hint: 'Start the node once, and run this where its files are, as the user that started it.',
      details: { path },
      cause,
    });
  }
}

function silent(url: string, cause: unknown): MillraceError {
  return new MillraceError(`The node at ${new URL(url).origin} does not answer.`, {
    code: 'NODE_SILENT',
    fault: 'network',
    retryable: true,
    hint: 'Is it running? `millrace node start` starts it.',
    details: { url },
    cause,
  });
}
