import { createServer } from 'node:net';

/** The first port from here on that nobody listens on, and none of those that are spoken for. */
export async function freePort(from: number, taken: ReadonlySet<number>, host: string): Promise<number> {
  for (let port = from; port < 65_536; port++) {
    if (!taken.has(port) && (await isFree(port, host))) return port;
  }
  return 0;
}

function isFree(port: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, host, () => server.close(() => resolve(true)));
  });
}
