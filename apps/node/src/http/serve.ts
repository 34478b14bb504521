import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import type { Hono } from 'hono';
import { NodeError } from '../errors.ts';

/** A server that listens. */
export type Listening = { readonly port: number; close(): Promise<void> };

/** How long somebody may take to say what they want, milliseconds. */
const HEADERS_TIMEOUT = 10_000;
const REQUEST_TIMEOUT = 120_000;
const KEEP_ALIVE = 30_000;
const MOST_HEADER_BYTES = 16_384;

/**
 * Serves an app over HTTP, to many and to slow ones.
 *
 * @throws {@link NodeError} `PORT_TAKEN`
 */
export async function serve(
  app: Hono,
  { host, port, connections }: { host: string; port: number; connections: number },
): Promise<Listening> {
  const server = createServer(
    {
      headersTimeout: HEADERS_TIMEOUT,
      requestTimeout: REQUEST_TIMEOUT,
      keepAliveTimeout: KEEP_ALIVE,
      connectionsCheckingInterval: 2_000,
      maxHeaderSize: MOST_HEADER_BYTES,
      noDelay: true,
    },
    getRequestListener(app.fetch),
  );
  server.maxConnections = connections;
  await listen(server, host, port);
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      reject(
        new NodeError(`The node cannot listen on ${host}:${port}.`, {
          code: 'PORT_TAKEN',
          hint: 'Choose another port in "listen", or 0 for any free one.',
          details: { reason: cause.code },
          cause,
        }),
      );
    });
    server.listen(port, host, () => resolve());
  });
}
