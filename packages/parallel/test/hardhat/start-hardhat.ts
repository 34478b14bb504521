import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { type AddressInfo, createServer } from 'node:net';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

export type Hardhat = { url: string; stop: () => Promise<void> };

const CONFIGURATION = fileURLToPath(new URL('./hardhat.config.cjs', import.meta.url));

/** Starts the chain of Hardhat with the configuration beside this file. */
export async function startHardhat(): Promise<Hardhat> {
  const port = await freePort();
  const cli = createRequire(import.meta.url).resolve('hardhat/internal/cli/cli.js');
  const settings = ['--config', CONFIGURATION, 'node', '--hostname', '127.0.0.1', '--port', String(port)];
  const env = { ...process.env, HARDHAT_DISABLE_TELEMETRY_PROMPT: 'true' };
  const child = spawn(process.execPath, [cli, ...settings], {
    cwd: dirname(CONFIGURATION),
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const listening = new Promise<void>((resolve, reject) => {
    const read = (part: Buffer) => {
      output = (output + String(part)).slice(-2000);
      if (output.includes('Started HTTP')) resolve();
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('exit', () => reject(new Error(`Hardhat did not start: ${output}`)));
  });
  await listening;
  const stop = async () => {
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  };
  return { url: `http://127.0.0.1:${port}`, stop };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
