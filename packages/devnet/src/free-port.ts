import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/** Below what systems give to those who name no port, and to every connection that goes out (Linux: from 32,768). */
const FIRST = 20_000;
const COUNT = 12_000;

/** A port of this machine that nobody listens on: for a program that has to know where it will listen before it does. */
export async function freePort(): Promise<number> {
  const port = FIRST + randomInt(COUNT);
  return (await isFree(port)) ? port : freePort();
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
