import { connect, createServer, type Socket } from 'node:net';

/** A TCP connection through which hosts meet, and which a test can tear. */
export type WeakLink = {
  readonly port: number;
  tear(): void;
  mend(): void;
  /** Packets get lost, and nobody is told. */
  silence(): void;
  close(): Promise<void>;
};

export async function openWeakLink(target: number): Promise<WeakLink> {
  const sockets = new Set<Socket>();
  let isTorn = false;
  const server = createServer((near) => {
    if (isTorn) return near.destroy();
    const far = connect(target, '127.0.0.1');
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('close', () => sockets.delete(socket)).on('error', () => {});
    }
    near.pipe(far).pipe(near);
    return near;
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const tear = () => {
    isTorn = true;
    for (const socket of sockets) socket.destroy();
  };
  return {
    port: (server.address() as { port: number }).port,
    tear,
    mend: () => {
      isTorn = false;
    },
    silence: () => {
      for (const socket of sockets) socket.unpipe().pause();
    },
    close: async () => {
      tear();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
