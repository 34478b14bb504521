import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Question = { id: number; method: string; params: unknown[] };

/** How a server answers, down to the bytes. */
export type Behaviour = (response: ServerResponse, question: Question) => void | Promise<void>;

export type MisbehavingServer = { url: string; stop: () => Promise<void> };

export async function startServer(behaviour: Behaviour): Promise<MisbehavingServer> {
  const server = createServer((request, response) => {
    void read(request).then((question) => behaviour(response, question));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, stop: () => stop(server) };
}

/** The answer as it should be, as text. */
export function answer({ id }: Question, result: unknown): string {
  return JSON.stringify({ jsonrpc: '2.0', id, result });
}

async function read(request: IncomingMessage): Promise<Question> {
  let text = '';
  for await (const part of request) text += String(part);
  return JSON.parse(text) as Question;
}

function stop(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}
