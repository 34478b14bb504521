import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { increaseTime, setPrice } from '@millrace/devnet';
import { iMarketAbi } from '@millrace/protocol/contracts/i-market';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type KeeperProcess, startKeeperProcess } from './keeper-process.ts';
import { type RpcProxy, startRpcProxy } from './rpc-proxy.ts';
import { createWorld, openPosition, until, type World } from './world.ts';

let world: World;
let proxy: RpcProxy;
const running: KeeperProcess[] = [];

function start(config: string, ...flags: string[]): KeeperProcess {
  const keeper = startKeeperProcess(config, ...flags);
  running.push(keeper);
  return keeper;
}

beforeAll(async () => {
  world = await createWorld();
  proxy = await startRpcProxy(world.anvil.url);
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((keeper) => keeper.kill('SIGKILL')));
  proxy.set({});
});
afterAll(async () => {
  await proxy?.stop();
  await world?.stop();
});

const keeping = ({ msg }: { msg?: string }) => msg === 'keeping';
const sent = () => world.client.getTransactionCount({ address: world.keeper });
const liquidations = async () => {
  const { address } = world.market;
  return (
    await world.client.getContractEvents({ address, abi: iMarketAbi, eventName: 'Liquidated', fromBlock: 0n })
  ).length;
};

/** The error that a keeper which could not start leaves behind. */
async function fatal(
  keeper: KeeperProcess,
): Promise<{ code: number | string; error: Record<string, unknown> }> {
  const code = await keeper.ended;
  return {
    code,
    error: (JSON.parse(keeper.errors.at(-1) ?? '{}') as { error: Record<string, unknown> }).error,
  };
}

describe('starting', () => {
  it('waits for a chain that does not answer, then works', async () => {
    proxy.set({ down: true });
    const keeper = start(world.writeConfig({ chain: { rpc: [proxy.url] } }));
    await keeper.line(({ msg }) => msg === 'the chain does not answer yet');
    proxy.set({});
    await keeper.line(keeping);
    await keeper.line(({ msg }) => msg === 'approve done');
  });

  it('refuses a second keeper on one journal, until the first is gone', async () => {
    const config = world.writeConfig();
    const first = start(config);
    await first.line(keeping);
    const { code, error } = await fatal(start(config));
    expect(code).toBe(2);
    expect(error).toMatchObject({ code: 'JOURNAL_LOCKED', details: { pid: first.pid } });
    expect(await first.kill('SIGTERM')).toBe(0);
    expect(existsSync(join(world.folder, 'keeper.journal.lock'))).toBe(false);
    await start(config).line(keeping);
  });

  it('refuses what it cannot use, each by name', async () => {
    const journal = join(world.folder, 'damaged.journal');
    writeFileSync(journal, 'nonsense\nnonsense\n');
    const broken = join(world.folder, 'broken.json');
    writeFileSync(broken, '{"chain": ');
    const cases: [string, string][] = [
      [join(world.folder, 'none.json'), 'CONFIG_MISSING'],
      [broken, 'CONFIG_MALFORMED'],
      [world.writeConfig({ name: 'a.json', chain: { chainId: 1 }, journal: 'a.journal' }), 'CONFIG_MISMATCH'],
      [
        world.writeConfig({ name: 'b.json', market: { address: world.keeper }, journal: 'b.journal' }),
        'CONFIG_MISMATCH',
      ],
      [world.writeConfig({ name: 'c.json', market: { fromBlock: 'early' } }), 'CONFIG_INVALID'],
      [
        world.writeConfig({
          name: 'd.json',
          alerts: { webhooks: [{ name: 'x', url: 'http://localhost', secretEnv: 'NO_SUCH_SECRET' }] },
        }),
        'SECRET_MISSING',
      ],
    ];
    for (const [config, expected] of cases) {
      const { code, error } = await fatal(start(config));
      expect({ code, error: error.code, config }).toEqual({ code: 2, error: expected, config });
    }
  });
});

describe('a dry run', () => {
  it('sends nothing, writes nothing and says what it would do, beside a keeper or not', async () => {
    await openPosition(world, 0, '10', '23000');
    await setPrice(world.client, world.market, '2600');
    await increaseTime(world.client, 4_000);
    const before = await sent();
    const config = world.writeConfig({
      name: 'dry.json',
      chain: { rpc: [proxy.url] },
      journal: 'dry.journal',
    });
    proxy.methods.length = 0;
    const dry = start(config, '--dry-run');
    await dry.line(
      ({ msg }) => msg === 'dry run: would send liquidate' || msg === 'dry run: would send approve',
    );
    await dry.line(({ msg }) => msg === 'dry run: would send checkpoint');
    await new Promise((done) => setTimeout(done, 1_000));
    expect(await sent()).toBe(before);
    expect(proxy.methods.filter((method) => method.startsWith('eth_send'))).toEqual([]);
    expect(existsSync(join(world.folder, 'dry.journal'))).toBe(false);
    const said = dry.lines.filter(({ msg }) => String(msg).startsWith('dry run'));
    expect(new Set(said.map(({ id }) => id)).size).toBe(said.length);
  });
});

describe('running', () => {
  it('survives a node that dies and one that is slow', async () => {
    const config = world.writeConfig({ chain: { rpc: [proxy.url], timeoutSeconds: 1 } });
    const keeper = start(config);
    await keeper.line(keeping);
    await until('the first liquidation', async () => (await liquidations()) === 1);
    proxy.set({ down: true });
    await openPosition(world, 1, '10', '20000');
    await setPrice(world.client, world.market, '2310');
    await keeper.line(({ about, level }) => about === 'round' && level === 40);
    proxy.set({ slowMilliseconds: 3_000 });
    await new Promise((done) => setTimeout(done, 2_000));
    expect(await liquidations()).toBe(1);
    proxy.set({});
    await until('the others', async () => (await liquidations()) === 3);
    await keeper.line(({ about, msg }) => about === 'round' && msg === 'fine again');
  });

  it('shows its health and its metrics', async () => {
    const keeper = start(world.writeConfig());
    const { port } = await keeper.line(({ msg }) => msg === 'serving /metrics and /healthz');
    const get = (path: string) => fetch(`http://127.0.0.1:${port}${path}`);
    // The one before was killed, perhaps before it knew how the last of what it had sent ended.
    await until('a healthy keeper with nothing open', async () => {
      const response = await get('/healthz');
      const { ok, openIntents } = (await response.json()) as { ok: boolean; openIntents: number };
      return response.status === 200 && ok && openIntents === 0;
    });
    await openPosition(world, 2, '10', '10000');
    await setPrice(world.client, world.market, '1150');
    await keeper.line(({ msg }) => msg === 'liquidate done');
    let text = '';
    await until('the figures', async () => {
      text = await (await get('/metrics')).text();
      return /actions_total\{kind="liquidate",result="done"\} [1-9]/.test(text);
    });
    expect(text).toMatch(/millrace_keeper_gas_spent_ether_total\{kind="liquidate"\} 0\.\d/);
    expect(text).toMatch(/millrace_keeper_checkpoint_age_seconds\{market="usdc"\} \d/);
    expect(text).toMatch(/millrace_keeper_borrowers\{market="usdc",band="below-1"\} \d/);
    expect(text).toMatch(/millrace_keeper_liquidation_profit\{market="usdc"\} [\d.]+/);
    expect(text).toMatch(/millrace_keeper_rpc_seconds_count\{method="eth_call"\} \d/);
    expect((await get('/other')).status).toBe(404);
  });

  it('says so when the port for metrics is taken', async () => {
    const first = start(world.writeConfig());
    const { port } = await first.line(({ msg }) => msg === 'serving /metrics and /healthz');
    const config = world.writeConfig({ name: 'second.json', journal: 'second.journal', metrics: { port } });
    expect((await fatal(start(config))).error).toMatchObject({ code: 'METRICS_PORT_TAKEN' });
  });
});

describe('a journal', () => {
  it('is not taken to another chain', async () => {
    const other = await createWorld({ anvil: { timestampSeconds: 1_900_000_000 } });
    try {
      const journal = join(world.folder, 'keeper.journal');
      const { error } = await fatal(start(other.writeConfig({ journal })));
      expect(error).toMatchObject({ code: 'JOURNAL_ELSEWHERE' });
    } finally {
      await other.stop();
    }
  });
});
