import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { encodeWire, ROUTES } from '@millrace/protocol/wire';

/** What a hostile node does: lies in every way that it has, or takes work and never tells of it. */
export type Hostility = 'garbage' | 'stall';

/** A server before a real node that spoils what it says. */
export type HostileNode = {
  readonly endpoint: string;
  /** Answers and lines that were spoilt or held back. */
  readonly spoilt: () => number;
  close(): Promise<void>;
};

type Line = { type?: string; result?: string; receipt?: { receipt: Record<string, unknown> } };

const otherBytes = changed((event) => {
  event.result = Buffer.from('not what was asked for').toString('base64');
});
const moreFuel = changed((event) => {
  if (event.receipt !== undefined) event.receipt.receipt.fuel = '299999999';
});
/** In turn, for each job that ends: other bytes, a line that is cut, a receipt for more work than was done. */
const LIES = [otherBytes, otherBytes, (line: string) => line.slice(0, line.length / 2), otherBytes, moreFuel];

/** @param port where it listens @param target the real node behind it */
export async function startHostileNode(
  hostility: Hostility,
  port: number,
  target: string,
): Promise<HostileNode> {
  let spoilt = 0;
  const server = createServer((request, response) => {
    pass(request, response).catch(() => response.destroy());
  });

  async function pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url ?? '/';
    const pieces: Uint8Array[] = [];
    for await (const piece of request) pieces.push(piece as Uint8Array);
    const stopping = new AbortController();
    response.on('close', () => stopping.abort());
    const type = request.headers['content-type'] ?? 'application/json';
    const answer = await fetch(target + path, {
      method: request.method ?? 'GET',
      signal: stopping.signal,
      headers: { 'content-type': type },
      ...(pieces.length > 0 && { body: Buffer.concat(pieces) }),
    });
    const kind = answer.headers.get('content-type') ?? 'application/json';
    if (kind.includes('ndjson') && answer.body !== null) {
      response.writeHead(answer.status, { 'content-type': kind }).flushHeaders();
      return await stream(answer.body, response);
    }
    const bytes = Buffer.from(await answer.arrayBuffer());
    response.writeHead(answer.status, { 'content-type': kind }).end(spoil(path, bytes));
  }

  /** A node that lies also mixes up the answers to some of what it is given. */
  function spoil(path: string, bytes: Buffer): Buffer {
    if (hostility !== 'garbage' || path !== ROUTES.jobs || spoilt % 5 !== 4) return bytes;
    spoilt += 1;
    return Buffer.from(encodeWire({ jobs: [] }));
  }

  async function stream(body: ReadableStream, response: ServerResponse): Promise<void> {
    const decoder = new TextDecoder();
    let rest = '';
    for await (const piece of body as unknown as AsyncIterable<Uint8Array>) {
      const lines = (rest + decoder.decode(piece, { stream: true })).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        if (!line.includes('"ended"')) {
          if (hostility === 'garbage') response.write(`${line}\n`);
          continue;
        }
        const lie = LIES[spoilt % LIES.length] as (line: string) => string;
        spoilt += 1;
        if (hostility === 'garbage') response.write(`${lie(line)}\n`);
      }
    }
    response.end();
  }

  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    spoilt: () => spoilt,
    close: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

function changed(change: (event: Line) => void): (line: string) => string {
  return (line) => {
    const event = JSON.parse(line) as Line;
    change(event);
    return JSON.stringify(event);
  };
}
