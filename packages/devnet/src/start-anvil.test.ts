import { spawn } from 'node:child_process';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { type Anvil, type StartAnvilOptions, startAnvil } from './start-anvil.ts';

const running: Anvil[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((chain) => chain.stop()));
});

async function start(options?: StartAnvilOptions): Promise<Anvil> {
  const chain = await startAnvil(options);
  running.push(chain);
  return chain;
}

async function rpc(chain: { url: string }, method: string, ...params: unknown[]): Promise<unknown> {
  const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method, params });
  const response = await fetch(chain.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
  });
  const answer = (await response.json()) as { result?: unknown; error?: { message: string } };
  if (answer.error) throw new Error(answer.error.message);
  return answer.result;
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** It takes a moment, on a busy machine some. */
function untilDead(pid: number): Promise<void> {
  return expect.poll(() => isAlive(pid), { timeout: 60_000 }).toBe(false);
}

/** Another Node process that starts a chain, prints its process id, and then runs `afterwards`. */
function parentOfAChain(afterwards: string, temporary = tmpdir()) {
  const program = `
    import { startAnvil } from ${JSON.stringify(new URL('./start-anvil.ts', import.meta.url).href)};
    const chain = await startAnvil();
    console.log(chain.pid);
    ${afterwards}
  `;
  const flags = ['--conditions=@millrace/source', '--import', import.meta.resolve('tsx')];
  const parent = spawn(process.execPath, [...flags, '--input-type=module', '--eval', program], {
    env: { ...process.env, TMPDIR: temporary },
  });
  const printedPid = new Promise<number>((resolve) => {
    parent.stdout.once('data', (line: Buffer) => resolve(Number(line.toString())));
  });
  return { process: parent, printedPid };
}

describe('startAnvil', () => {
  it('answers on a free port, and two chains do not meet', async () => {
    const [one, two] = await Promise.all([start(), start({ chainId: 7 })]);
    expect(one.port).not.toBe(two.port);
    expect(await rpc(one, 'eth_chainId')).toBe('0x7a69');
    expect(await rpc(two, 'eth_chainId')).toBe('0x7');
  });

  it('starts at the given time with the rules of osaka', async () => {
    const chain = await start({ timestampSeconds: 1_800_000_000n });
    const block = (await rpc(chain, 'eth_getBlockByNumber', '0x0', false)) as { timestamp: string };
    expect(BigInt(block.timestamp)).toBe(1_800_000_000n);
    // CLZ (EIP-7939) exists since osaka: PUSH1 1, CLZ, PUSH0, MSTORE, MSIZE, PUSH0, RETURN.
    const call = { data: '0x60011e5f52595ff3' };
    expect(BigInt((await rpc(chain, 'eth_call', call, 'latest')) as string)).toBe(255n);
  });

  it('mines only when told to', async () => {
    const chain = await start({ noMining: true });
    const [from, to] = (await rpc(chain, 'eth_accounts')) as [string, string];
    await rpc(chain, 'eth_sendTransaction', { from, to, value: '0x1' });
    expect(await rpc(chain, 'eth_blockNumber')).toBe('0x0');
    await rpc(chain, 'evm_mine');
    expect(await rpc(chain, 'eth_blockNumber')).toBe('0x1');
    expect(await rpc(chain, 'eth_getBlockTransactionCountByNumber', '0x1')).toBe('0x1');
  });

  it('saves its state when it stops and finds it again', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'millrace-devnet-'));
    const statePath = join(folder, 'state.json');
    const account = '0x00000000000000000000000000000000000000aa';
    const first = await start({ statePath });
    await rpc(first, 'anvil_setBalance', account, '0x2a');
    await rpc(first, 'evm_mine');
    await first.stop();
    expect((await stat(statePath)).size).toBeGreaterThan(0);
    const second = await start({ statePath });
    expect(await rpc(second, 'eth_getBalance', account, 'latest')).toBe('0x2a');
    await second.stop();
    await rm(folder, { recursive: true });
  });

  it('is gone after stop, however often it is stopped', async () => {
    const chain = await start();
    await Promise.all([chain.stop(), chain.stop()]);
    await chain.stop();
    expect(isAlive(chain.pid)).toBe(false);
  });

  it('says that a port is taken', async () => {
    const chain = await start();
    await expect(startAnvil({ port: chain.port })).rejects.toMatchObject({
      code: 'PORT_TAKEN',
      fault: 'user',
      details: { port: chain.port },
    });
  });

  it('says what anvil did not like', async () => {
    const attempt = startAnvil({ extraArguments: ['--no-such-flag'] });
    await expect(attempt).rejects.toMatchObject({ code: 'ANVIL_FAILED' });
    await expect(attempt).rejects.toThrow(/no-such-flag/);
  });

  it.skipIf(process.platform === 'win32')('dies with a parent that is killed outright', async () => {
    const parent = parentOfAChain('setInterval(() => {}, 1000)');
    const pid = await parent.printedPid;
    expect(isAlive(pid)).toBe(true);
    parent.process.kill('SIGKILL');
    await untilDead(pid);
  });

  it.skipIf(process.platform === 'win32')('leaves no states behind, stopped or killed', async () => {
    const temporary = await mkdtemp(join(tmpdir(), 'millrace-states-'));
    const states = async () => (await readdir(temporary)).filter((name) => name.startsWith('millrace-chain'));
    const stopping = parentOfAChain('await chain.stop();', temporary);
    await stopping.printedPid;
    await new Promise((resolve) => stopping.process.once('close', resolve));
    expect(await states()).toEqual([]);
    const killed = parentOfAChain('setInterval(() => {}, 1000)', temporary);
    await killed.printedPid;
    expect(await states()).toHaveLength(1);
    killed.process.kill('SIGKILL');
    await expect.poll(states, { timeout: 60_000 }).toEqual([]);
    await rm(temporary, { recursive: true });
  });

  it('does not keep its parent alive', async () => {
    const parent = parentOfAChain('');
    expect(await new Promise((resolve) => parent.process.once('close', resolve))).toBe(0);
    const pid = await parent.printedPid;
    await untilDead(pid);
  });
});
