import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from '@millrace/devnet';
import { amountsAsText } from '@millrace/protocol';
import type { Hex } from 'viem';
import type { World } from './world.ts';

const program = fileURLToPath(new URL('../src/main.ts', import.meta.url));

/** A node in a process of its own, which can be killed. */
export type NodeProcess = {
  readonly endpoint: string;
  /** Starts it, and waits until it answers. */
  start(): Promise<void>;
  /** `kill -9`. */
  kill(): Promise<void>;
  /** Asks it to stop, and waits. @returns its exit code */
  stop(): Promise<number | null>;
};

export async function createNodeProcess(
  world: World,
  name: string,
  key: Hex,
  changes: Record<string, unknown>,
): Promise<NodeProcess> {
  const port = await freePort();
  const endpoint = `http://127.0.0.1:${port}`;
  const config = world.config(name, { ...changes, signer: { keyEnv: 'NODE_KEY' } });
  const listen = { host: '127.0.0.1', port };
  mkdirSync(world.folder, { recursive: true });
  const path = join(world.folder, `${name}.json`);
  writeFileSync(path, JSON.stringify({ ...config, listen, log: 'warn' }, amountsAsText));
  let child: ChildProcess | undefined;
  let said = '';

  const end = async (signal: NodeJS.Signals): Promise<number | null> => {
    const running = child;
    if (running === undefined || running.exitCode !== null || running.signalCode !== null) return null;
    const closed = once(running, 'close');
    running.kill(signal);
    const [code] = await closed;
    return code as number | null;
  };
  return {
    endpoint,
    start: async () => {
      const args = ['--import', 'tsx', '--conditions=@millrace/source', program, 'start', '--config', path];
      child = spawn(process.execPath, args, {
        env: { ...process.env, NODE_KEY: key },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      for (const stream of [child.stdout, child.stderr]) stream?.on('data', (bytes) => (said += bytes));
      for (let tries = 0; tries < 2_400; tries++) {
        if (child.exitCode !== null) break;
        const isUp = await fetch(`${endpoint}/healthz`).then(
          ({ ok }) => ok,
          () => false,
        );
        if (isUp) return;
        await new Promise((done) => setTimeout(done, 50));
      }
      throw new Error(`The node did not start: ${said}`);
    },
    kill: async () => void (await end('SIGKILL')),
    stop: () => end('SIGTERM'),
  };
}
