import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a proxy does to answers: text in, text out; `hang` never answers. */
export type Tampering = {
  /** Changes a whole answer. */
  readonly answer?: (path: string, text: string) => string | 'hang';
  /** Changes a line of a stream; `undefined` leaves it out. */
  readonly line?: (path: string, line: string) => string | undefined;
};

/** A real server before a real node, which lies for it. */
export async function startTamperingProxy(target: () => string, tampering: Tampering) {
  const state = { tampering, isGone: false };
  const server = createServer((request, response) => {
    void pass(request, response).catch(() => response.destroy());
  });

  async function pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (state.isGone) return void request.socket.destroy();
    const path = request.url ?? '/';
    const pieces: Uint8Array[] = [];
    for await (const piece of request) pieces.push(piece as Uint8Array);
    const stopping = new AbortController();
    response.on('close', () => stopping.abort());
    const answer = await fetch(target() + path, {
      method: request.method ?? 'GET',
      signal: stopping.signal,
      headers: { 'content-type': request.headers['content-type'] ?? 'application/json' },
      ...(pieces.length === 0 ? {} : { body: Buffer.concat(pieces) }),
    });
    const type = answer.headers.get('content-type') ?? 'application/json';
    if (type.includes('ndjson') && answer.body !== null) {
      response.writeHead(answer.status, { 'content-type': type }).flushHeaders();
      await stream(path, answer.body, response);
      return;
    }
    const bytes = Buffer.from(await answer.arrayBuffer());
    const isText = type.includes('json');
    const text = isText ? (state.tampering.answer?.(path, bytes.toString()) ?? bytes.toString()) : undefined;
    if (text === 'hang') return;
    response.writeHead(answer.status, { 'content-type': type }).end(text ?? bytes);
  }

  async function stream(path: string, body: ReadableStream, response: ServerResponse): Promise<void> {
    let rest = '';
    const decoder = new TextDecoder();
    for await (const piece of body as unknown as AsyncIterable<Uint8Array>) {
      const lines = (rest + decoder.decode(piece, { stream: true })).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        if (state.isGone) return void response.destroy();
        const changed = state.tampering.line === undefined ? line : state.tampering.line(path, line);
        if (changed !== undefined) response.write(`${changed}\n`);
      }
    }
    response.end();
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${port}`,
    tamper: (next: Tampering) => {
      state.tampering = next;
    },
    /** Every connection breaks, and no new one is taken. */
    vanish: () => {
      state.isGone = true;
      server.closeAllConnections();
    },
    comeBack: () => {
      state.isGone = false;
    },
    close: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
