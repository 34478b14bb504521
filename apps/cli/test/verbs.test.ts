import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseUnits } from 'viem';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Playground, startPlayground } from './playground.ts';
import { startMillrace } from './run-millrace.ts';

let play: Playground;

beforeAll(async () => {
  play = await startPlayground();
});
afterAll(() => play?.stop());

/** Spawned processes take a second each, and many on a busy machine. */
const PATIENCE = { timeout: 240_000 };

/** A process that has to end well and says one JSON document. */
async function say<T = Record<string, unknown>>(line: string): Promise<T> {
  const run = await play.spawn(`${line} --json`);
  expect(run.stderr).toBe('');
  expect(run.exitCode).toBe(0);
  return run.data<T>();
}

type Acted = {
  action: string;
  amount: string;
  dryRun: boolean;
  before: Side;
  after: Side;
  approval: { amount: string; symbol: string } | null;
  transactions: { purpose: string; hash: string }[];
};
type Side = {
  supplied: string;
  debt: string;
  health: string | null;
  collaterals: { amount: string; liquidationPrice: string | null }[];
};

const usdc = (text: string) => parseUnits(text, 6).toString();

// In this order: each begins where the one before has ended.
describe('every verb, as a process', PATIENCE, () => {
  it('dev status, dev accounts, dev fund', async () => {
    expect(await say('dev status')).toMatchObject({ running: true, chainId: 31337, rpc: play.rpc });
    await say('dev fund 12.5 USDC carol');
    const { accounts } = await say<{
      accounts: { name: string; balances: { symbol: string; amount: string }[] }[];
    }>('dev accounts');
    expect(accounts).toHaveLength(10);
    const carol = accounts.find(({ name }) => name === 'carol');
    expect(carol?.balances.find(({ symbol }) => symbol === 'USDC')?.amount).toBe('100012.5');
  });

  it('market list and show', async () => {
    const { markets } = await say<{ markets: { symbol: string }[] }>('market list --all');
    expect(markets.map(({ symbol }) => symbol)).toEqual(['mrUSDC', 'mrWETH']);
    const shown = await say('market show mrUSDC');
    expect(shown).toMatchObject({
      symbol: 'mrUSDC',
      asset: { symbol: 'USDC', decimals: 6 },
      paused: false,
      collaterals: [
        { symbol: 'WETH', bid: '3000', ask: '3000' },
        { symbol: 'WBTC', bid: '90000' },
      ],
    });
    expect(shown.supplied).toMatch(/^\d{11,12}$/);
  });

  it('market watch ends with Ctrl-C, and had a document on every line', async () => {
    const child = startMillrace(['market', 'watch', 'mrUSDC', '--every', '1s', '--json'], { cwd: play.cwd });
    let output = '';
    await new Promise<void>((resolve) => {
      child.stdout.on('data', (chunk: Buffer) => {
        output += chunk.toString();
        if (output.includes('\n')) resolve();
      });
    });
    child.kill('SIGINT');
    expect(await new Promise((resolve) => child.once('close', resolve))).toBe(0);
    for (const line of output.trim().split('\n'))
      expect(JSON.parse(line)).toMatchObject({ symbol: 'mrUSDC' });
  });

  it('lend supply, first dry, then in earnest', async () => {
    const dry = await say<Acted>('lend supply 1000 USDC --as alice --dry-run');
    expect(dry).toMatchObject({
      dryRun: true,
      amount: usdc('1000'),
      approval: { amount: usdc('1000'), symbol: 'USDC' },
      transactions: [],
    });
    expect(BigInt(dry.after.supplied)).toBeGreaterThan(BigInt(usdc('999.9')));
    const real = await say<Acted>('lend supply 1000 USDC --as alice --yes');
    expect(real.before.supplied).toBe('0');
    expect(real.transactions.map(({ purpose }) => purpose)).toEqual(['approve', 'supply']);
    expect(BigInt(real.after.supplied)).toBeGreaterThan(BigInt(usdc('999.9')));
  });

  it('lend collateral add and lend borrow', async () => {
    const added = await say<Acted>('lend collateral add 2 ETH --as alice --yes');
    expect(added).toMatchObject({ action: 'collateral-add', amount: parseUnits('2', 18).toString() });
    expect(added.after.collaterals[0]?.amount).toBe(parseUnits('2', 18).toString());
    const borrowed = await say<Acted>('lend borrow 3000 USDC --as alice --yes');
    expect(borrowed.before.health).toBeNull();
    // 2 WETH at 3,000 and 86 % over 3,000 is 1.72.
    expect(borrowed.after.health?.slice(0, 3)).toBe('171');
    expect(borrowed.after.collaterals[0]?.liquidationPrice).toMatch(/^1744\.18/);
    expect(borrowed.approval).toBeNull();
  });

  it('position show and simulate', async () => {
    const { positions } = await say<{ positions: { market: { symbol: string }; debt: string }[] }>(
      'position show alice',
    );
    expect(positions.map(({ market }) => market.symbol)).toEqual(['mrUSDC']);
    const safe = await say<{ liquidation: unknown }>('position simulate alice --price ETH=-30%');
    expect(safe.liquidation).toBeNull();
    const due = await say<{ after: Side; liquidation: { collateral: string; cost: string } }>(
      'position simulate --as alice --price WETH=1600 --price WBTC=-50%',
    );
    expect(Number(due.after.health) / 1e18).toBeCloseTo((1600 * 2 * 0.86) / 3000, 3);
    expect(due.liquidation.collateral).toBe('WETH');
    expect(BigInt(due.liquidation.cost)).toBeGreaterThan(0n);
  });

  it('lend repay, lend collateral remove, lend withdraw', async () => {
    const part = await play.done<Acted>('lend repay 50% USDC --as alice --yes');
    expect(BigInt(part.amount)).toBeGreaterThanOrEqual(BigInt(usdc('1500')));
    const all = await say<Acted>('lend repay max USDC --as alice --yes');
    expect(all.after.debt).toBe('0');
    const removed = await say<Acted>('lend collateral remove max WETH --as alice --yes');
    expect(removed.after.collaterals[0]?.amount).toBe('0');
    const left = await say<Acted>('lend withdraw max USDC --as alice --yes');
    expect(left.after.supplied).toBe('0');
    expect(BigInt(left.amount)).toBeGreaterThan(BigInt(usdc('999.9')));
  });

  it('oracle show', async () => {
    const { prices } = await say<{ prices: unknown[] }>('oracle show mrUSDC');
    expect(prices).toMatchObject([
      {
        collateral: 'WETH',
        bid: '3000',
        usable: { borrow: true, liquidate: true },
        sources: [{ live: true, heartbeatSeconds: '86400' }],
      },
      { collateral: 'WBTC' },
    ]);
  });

  it('checkpoint, when it is due and when it is not', async () => {
    await say('dev wait 1h');
    const done = await say<{ settled: boolean; before: { index: string }; after: { index: string } }>(
      'checkpoint mrUSDC --as dave --yes',
    );
    expect(done.settled).toBe(true);
    expect(BigInt(done.after.index)).toBeGreaterThan(BigInt(done.before.index));
    expect(await play.done('checkpoint mrUSDC --as dave --yes')).toMatchObject({
      settled: false,
      due: false,
      transaction: null,
    });
  });

  it('dev price, liquidate list, run and bot', async () => {
    await say('dev price ETH=-15%');
    type Listed = { positions: { due: boolean; liquidation: { repay: string } }[] };
    const { positions } = await say<Listed>('liquidate list --market mrUSDC');
    expect(positions).toMatchObject([{ due: true, liquidation: { collateral: 'WETH', closeOut: false } }]);
    const run = await say<Acted & { seized: string }>(
      'liquidate run ivan --market mrUSDC --max-repay 100 --as bob --yes',
    );
    expect(run).toMatchObject({ action: 'liquidate', amount: usdc('100'), collateral: 'WETH' });
    expect(Number(run.after.health)).toBeGreaterThan(Number(run.before.health));
    const dry = await play.done<{ events: { event: string; reason?: string }[] }>(
      'liquidate bot --market mrUSDC --once --dry-run --as bob --min-profit 100000',
    );
    expect(dry.events.map(({ event, reason }) => reason ?? event)).toEqual(['scanned', 'NOT_PROFITABLE']);
    const { events } = await say<{ events: { event: string; profit?: string; gasCost?: string }[] }>(
      'liquidate bot --market mrUSDC --once --yes --as bob',
    );
    expect(events.map(({ event }) => event)).toEqual(['scanned', 'liquidated']);
    expect(BigInt(events[1]?.profit ?? 0)).toBeGreaterThan(0n);
    expect(BigInt(events[1]?.gasCost ?? 0)).toBeGreaterThan(0n);
    expect(await play.done('liquidate list --market mrUSDC')).toMatchObject({ positions: [] });
  });

  it('doctor', async () => {
    const { ok, findings } = await say<{ ok: boolean; findings: { check: string; status: string }[] }>(
      'doctor --as alice',
    );
    expect(ok).toBe(true);
    expect(findings.filter(({ status }) => status !== 'ok')).toEqual([]);
    expect(new Set(findings.map(({ check }) => check))).toEqual(
      new Set([
        'configuration',
        'node',
        'clock',
        'contracts',
        'code',
        'market',
        'price',
        'key',
        'gas',
        'balances',
      ]),
    );
  });
});

describe('the local chain', PATIENCE, () => {
  it('is started once, however often it is asked for', async () => {
    const { pid } = await play.done<{ pid: number }>('dev status');
    expect(await say('dev up')).toMatchObject({ pid, rpc: play.rpc });
  });

  it('starts afresh on the same port with dev reset', async () => {
    const before = await play.done<{ pid: number }>('dev status');
    const after = await say<{ pid: number; rpc: string }>('dev reset');
    expect(after.rpc).toBe(play.rpc);
    expect(after.pid).not.toBe(before.pid);
    const { positions } = await play.done<{ positions: unknown[] }>('liquidate list --market mrUSDC');
    expect(positions).toEqual([]);
  });

  it('is found dead after it was killed, and starts again', async () => {
    const { pid } = await play.done<{ pid: number }>('dev status');
    process.kill(pid, 'SIGKILL');
    const status = async () => {
      const run = await play.here('dev status');
      return { exitCode: run.exitCode, ...run.data() };
    };
    const dead = { exitCode: 1, running: false, killed: true };
    await expect.poll(status, { timeout: 60_000 }).toMatchObject(dead);
    expect((await play.here('market list')).error().code).toBe('NO_NODE');
    expect(await say('dev up')).toMatchObject({ running: true });
    await play.done('market list');
  });

  it('takes nobody else’s process for its own', async () => {
    const record = join(play.state, 'devnet.json');
    const text = readFileSync(record, 'utf8');
    const { pid } = JSON.parse(text) as { pid: number };
    // After a crash the number may be that of another process, here of this test.
    writeFileSync(record, text.replace(String(pid), String(process.pid)));
    expect((await play.here('dev status')).data()).toMatchObject({ running: false });
    writeFileSync(record, text);
    expect((await play.here('dev status')).data()).toMatchObject({ running: true });
  });

  it('may go away under a bot, which waits for it', async () => {
    const controller = new AbortController();
    const line = 'liquidate bot --market mrUSDC --as bob --every 1s --yes';
    let said = '';
    const heard = (stdout: string) => {
      said = stdout;
    };
    const running = play.here(line, { signal: controller.signal, heard });
    const says = (event: string) => expect.poll(() => said, { timeout: 60_000 }).toContain(event);
    await says('"scanned"');
    await play.done('dev down');
    await says('"node-failed"');
    controller.abort();
    const run = await running;
    expect({ exitCode: run.exitCode, stderr: run.stderr }).toEqual({ exitCode: 0, stderr: '' });
    const lines = run.stdout.trim().split('\n');
    const events = lines.map((each) => JSON.parse(each) as { event: string; code?: string });
    expect(events[0]).toMatchObject({ event: 'scanned', due: 0 });
    expect(events.at(-1)).toMatchObject({ event: 'node-failed', code: 'RPC_UNREACHABLE' });
    await say('dev up');
  });

  it('leaves nothing but its log behind', async () => {
    const { rpc } = await play.done<{ rpc: string }>('dev status');
    expect(await say('dev down')).toMatchObject({ stopped: true });
    expect(existsSync(join(play.state, 'devnet.json'))).toBe(false);
    expect(existsSync(join(play.state, 'deployment.json'))).toBe(false);
    await expect(fetch(rpc)).rejects.toThrow();
    expect(await play.done('dev down')).toMatchObject({ stopped: false });
  });
});
