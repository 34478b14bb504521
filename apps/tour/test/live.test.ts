import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { freePort } from '@millrace/devnet';
import { describe, expect, it } from 'vitest';
import { childrenOf, isAlive, startTour } from './tour-process.ts';

const CLI = fileURLToPath(new URL('../../cli/src/main.ts', import.meta.url));
const NODE = ['--conditions=@millrace/source', '--import', import.meta.resolve('tsx')];
/** What the command line of each machine holds. */
const NODE_PROGRAM = 'apps/node/src/main.ts';
const run = promisify(execFile);

async function untilFree(port: number): Promise<boolean> {
  for (let tries = 0; tries < 400; tries++) {
    if (await isFree(port)) return true;
    await new Promise((done) => setTimeout(done, 50));
  }
  return false;
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server: Server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}

/** Never 0: a signal to that is one to this process and all that it started. */
function childOf(parent: number, name: string): number {
  const [child] = childrenOf(parent, name);
  if (child === undefined) throw new Error(`It has no child ${name}.`);
  return child;
}

/** On a busy machine the scene alone takes half a minute. */
const PATIENCE_MILLISECONDS = 240_000;

describe('npm start', { timeout: PATIENCE_MILLISECONDS }, () => {
  it('is joined by the CLI, and ends cleanly on Ctrl-C', async () => {
    const port = await freePort();
    const tour = startTour('--port', `${port}`, '--speed', '4');
    await tour.says('The chain answers');
    const [anvil, keeper] = [childrenOf(tour.pid, 'anvil'), childrenOf(tour.pid, 'keeper')];
    expect([anvil.length, keeper.length]).toEqual([1, 1]);

    const { stdout } = await run(process.execPath, [...NODE, CLI, 'market', 'list', '--json'], {
      cwd: tour.folder,
    });
    expect(stdout).toContain('mrUSDC-B');

    await tour.says('of 3 machines earned 0.');
    const machines = childrenOf(tour.pid, NODE_PROGRAM);
    expect(machines.length).toBeGreaterThan(0);

    const deployment = join(tour.folder, '.millrace', 'deployment.json');
    expect(existsSync(deployment)).toBe(true);
    tour.kill('SIGINT');
    expect(await tour.ended).toBe(0);
    expect(tour.stderr()).toBe('');
    expect(existsSync(deployment)).toBe(false);
    expect([...anvil, ...keeper, ...machines].filter(isAlive)).toEqual([]);
    expect(await untilFree(port)).toBe(true);
  });

  it.each([
    ['anvil', 'CHAIN_GONE'],
    ['keeper', 'KEEPER_FAILED'],
  ])('says by name that its %s died, and takes the rest down', async (child, code) => {
    const tour = startTour('--port', `${await freePort()}`, '--speed', '20');
    await tour.says('The chain answers');
    const others = [...childrenOf(tour.pid, 'anvil'), ...childrenOf(tour.pid, 'keeper')];
    process.kill(childOf(tour.pid, child), 'SIGKILL');
    expect(await tour.ended).toBe(1);
    expect(tour.stderr()).toContain(code);
    expect(others.filter(isAlive)).toEqual([]);
  });

  it('goes on without a machine that died, names it, and leaves none behind when it is killed itself', async () => {
    const tour = startTour('--port', `${await freePort()}`, '--speed', '4');
    await tour.says('of 3 machines earned 0.');
    process.kill(childOf(tour.pid, 'laptop'), 'SIGKILL');
    await tour.says('laptop has ended');
    await tour.says('2 of 3 machines earned 0.');
    const others = [...childrenOf(tour.pid, NODE_PROGRAM), ...childrenOf(tour.pid, 'anvil')];
    expect(others.length).toBeGreaterThan(1);
    tour.kill('SIGKILL');
    await tour.ended;
    expect(tour.stderr()).toBe('');
    await expect.poll(() => others.filter(isAlive), { timeout: 60_000 }).toEqual([]);
  });

  it('ends cleanly while it is still setting up', async () => {
    const port = await freePort();
    const tour = startTour('--port', `${port}`);
    await tour.says('people');
    tour.kill('SIGTERM');
    expect(await tour.ended).toBe(0);
    expect(await untilFree(port)).toBe(true);
  });

  it('says that its port is taken', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const tour = startTour('--port', `${(server.address() as AddressInfo).port}`);
    expect(await tour.ended).toBe(1);
    expect(tour.stderr()).toContain('PORT_TAKEN');
    server.close();
  });
});
