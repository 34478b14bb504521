import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A node's endpoint as it is on a bad day. */
export type RpcProxy = {
  url: string;
  /** Methods that reached it. */
  methods: string[];
  /** `down` answers 502 to everything, `slow` answers after that long. */
  set: (state: { down?: boolean; slowMilliseconds?: number }) => void;
  stop: () => Promise<void>;
};

export async function startRpcProxy(target: string): Promise<RpcProxy> {
  const methods: string[] = [];
  let down = false;
  let slowMilliseconds = 0;
  const pass = async (request: IncomingMessage, response: ServerResponse) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks).toString();
    if (slowMilliseconds > 0) await new Promise((done) => setTimeout(done, slowMilliseconds));
    if (down) return void response.writeHead(502).end();
    methods.push((JSON.parse(body) as { method: string }).method);
    const answer = await fetch(target, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
    response.writeHead(answer.status, { 'content-type': 'application/json' }).end(await answer.text());
  };
  // Whoever asked may have been killed, and the node be gone by the time a slow answer is due.
  const server = createServer((request, response) => {
    pass(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    methods,
    set: (state) => {
      down = state.down ?? false;
      slowMilliseconds = state.slowMilliseconds ?? 0;
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
