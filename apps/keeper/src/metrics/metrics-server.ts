import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { OutsideError } from '../errors.ts';
import type { Metrics } from './metrics.ts';

/** Whether the keeper does its work, and since when not. */
export type Health = { ok: boolean; lastTickSecondsAgo: number | undefined; openIntents: number };

export type MetricsServer = { port: number; close: () => Promise<void> };

/**
 * Serves `/metrics` for Prometheus and `/healthz` (200 or 503, JSON).
 *
 * @throws {@link OutsideError} `METRICS_PORT_TAKEN`.
 */
export async function serveMetrics(
  listen: { host: string; port: number },
  metrics: Metrics,
  health: () => Health,
): Promise<MetricsServer> {
  const server = createServer((request, response) => {
    const path = request.url?.split('?')[0];
    if (path === '/healthz') return answerHealth(response, health());
    if (path === '/metrics') return void answerMetrics(response, metrics);
    response.writeHead(404).end('Try /metrics or /healthz.\n');
  });
  await listening(server, listen);
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function answerHealth(response: ServerResponse, health: Health): void {
  response.writeHead(health.ok ? 200 : 503, { 'content-type': 'application/json' });
  response.end(`${JSON.stringify(health)}\n`);
}

async function answerMetrics(response: ServerResponse, { registry }: Metrics): Promise<void> {
  const text = await registry.metrics();
  response.writeHead(200, { 'content-type': registry.contentType }).end(text);
}

function listening(server: Server, { host, port }: { host: string; port: number }): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      reject(
        new OutsideError(`Metrics cannot be served on ${host}:${port}.`, {
          code: 'METRICS_PORT_TAKEN',
          fault: 'user',
          hint: 'Choose another port in "metrics", 0 for any free one, or false for none.',
          details: { reason: cause.code },
          cause,
        }),
      );
    });
    server.listen(port, host, () => resolve());
  });
}
