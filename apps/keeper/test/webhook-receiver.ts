import { createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Alert } from '../src/journal/records.ts';
import { WEBHOOK_SECRET } from './world.ts';

/** One request as it arrived. */
type Received = { key: string; alert: Alert; signed: boolean };

/** Somebody's webhook: remembers everything, and can be out of order. */
export type WebhookReceiver = {
  url: string;
  received: Received[];
  /** How many requests it turned away. */
  refused: () => number;
  setDown: (isDown: boolean) => void;
  stop: () => Promise<void>;
};

/** As the documentation tells receivers to check it. */
function expected(signed: string): string {
  return createHmac('sha256', WEBHOOK_SECRET).update(signed).digest('hex');
}

export async function startWebhookReceiver(): Promise<WebhookReceiver> {
  const received: Received[] = [];
  let isDown = false;
  let refused = 0;
  const receive = async (request: IncomingMessage, response: ServerResponse) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    if (isDown) {
      refused++;
      return void response.writeHead(503).end();
    }
    const body = Buffer.concat(chunks).toString();
    const header = String(request.headers['x-millrace-signature']);
    const [, seconds = '', signature] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(header) ?? [];
    received.push({
      key: String(request.headers['idempotency-key']),
      alert: JSON.parse(body) as Alert,
      signed: expected(`${seconds}.${body}`) === signature,
    });
    response.writeHead(204).end();
  };
  // A keeper may be killed in the middle of a request: then it was not received.
  const server = createServer((request, response) => {
    receive(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/alerts`,
    received,
    refused: () => refused,
    setDown: (down) => {
      isDown = down;
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
