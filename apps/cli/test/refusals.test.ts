import { readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { deployContract, deployMarket, loadDeployment, saveDeployment, startAnvil } from '@millrace/devnet';
import { allowListAbi, allowListBytecode } from '@millrace/protocol/contracts/allow-list';
import { iMarketAbi } from '@millrace/protocol/contracts/i-market';
import { privateKeyToAccount } from 'viem/accounts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Playground, startPlayground } from './playground.ts';
import { startRpcProxy } from './rpc-proxy.ts';
import type { RunOptions } from './run-millrace.ts';

let play: Playground;
let silent: Server;

beforeAll(async () => {
  play = await startPlayground();
  await addMarkets();
  // A node that takes the request and never answers.
  silent = createServer(() => {}).listen(0, '127.0.0.1');
});
afterAll(async () => {
  silent?.closeAllConnections();
  silent?.close();
  await play?.stop();
});

async function addMarkets(): Promise<void> {
  const { client, state } = play;
  const deployment = loadDeployment(state);
  const [owner] = await client.getAddresses();
  const gate = await deployContract(client, {
    abi: allowListAbi,
    bytecode: allowListBytecode,
    args: [owner ?? '0x', 0],
  });
  const [first] = deployment.markets;
  const market = await deployMarket(client, deployment, {
    asset: first?.asset,
    gate,
    symbol: 'mrGATED',
    name: 'Members only',
  });
  const [token] = first?.collaterals.map((collateral) => collateral.token) ?? [];
  const capped = await deployMarket(client, deployment, {
    asset: first?.asset,
    symbol: 'mrCAPPED',
    name: 'Four tills of ten WETH each',
    stripes: 4,
    collaterals: [{ token, price: '3000', cap: 40n * 10n ** 18n }],
  });
  saveDeployment(state, { ...deployment, markets: [...deployment.markets, market, capped] });
}

async function refuses(
  line: string,
  code: string,
  exitCode: number,
  hint: RegExp,
  options: RunOptions = {},
): Promise<string> {
  const run = await play.here(line, options);
  expect(run.stdout).toBe('');
  const error = run.error();
  expect({ code: error.code, exitCode: error.exitCode, ended: run.exitCode }).toEqual({
    code,
    exitCode,
    ended: exitCode,
  });
  expect(error.hint).toMatch(hint);
  return error.shortMessage;
}

describe('what is wrong on the command line', () => {
  it.each(['ten', '-5', '1,000', '1.0000001', '0', '200%'])('the amount “%s”', async (amount) => {
    await refuses(`lend supply ${amount} USDC --market mrUSDC --as alice --yes`, 'INVALID_AMOUNT', 2, /./);
  });

  it('the market', async () => {
    await refuses('market show mrDOGE', 'UNKNOWN_MARKET', 2, /mrUSDC .*mrWETH/);
    await refuses('market show', 'AMBIGUOUS_MARKET', 2, /--market or MILLRACE_MARKET: mrUSDC/);
    await refuses('lend supply 1 DOGE --as alice', 'UNKNOWN_TOKEN', 2, /mrUSDC/);
    await refuses('lend collateral add 1 --market mrUSDC --as alice', 'AMBIGUOUS_TOKEN', 2, /WETH, WBTC/);
    await refuses(
      'market show --market 0x000000000000000000000000000000000000dEaD',
      'UNKNOWN_MARKET',
      2,
      /market list --all/,
    );
  });

  it('who acts', async () => {
    await refuses('lend supply 1 USDC --market mrUSDC', 'NO_KEY', 1, /--as alice/);
    await refuses('lend supply 1 USDC --market mrUSDC --as mallory', 'UNKNOWN_ACCOUNT', 2, /alice, bob/);
    await refuses(
      'lend supply 1 USDC --market mrUSDC --as alice --key-stdin',
      'CONFLICTING_OPTIONS',
      2,
      /one of them/,
    );
    await refuses('position show nobody', 'UNKNOWN_ACCOUNT', 2, /address/);
  });

  it('a price that is none', async () => {
    await refuses('position simulate ivan --market mrUSDC --price ETH=30%', 'INVALID_PRICE', 2, /ETH=-30%/);
    await refuses('position simulate ivan', 'MISSING_ARGUMENT', 2, /--price/);
  });
});

describe('what has to be confirmed', () => {
  it('is not sent where nobody can be asked', async () => {
    await refuses(
      'lend supply 1 USDC --market mrUSDC --as alice',
      'CONFIRMATION_NEEDED',
      1,
      /--yes to send, or --dry-run/,
    );
    await refuses('liquidate bot --market mrUSDC --as alice --once', 'CONFIRMATION_NEEDED', 1, /--yes/);
    const nonce = await play.client.getTransactionCount({
      address: '0x70997970C51812dc3A010C7d01b50e0d17dc79C8',
    });
    expect(nonce).toBe(0);
  });
});

describe('what an account lacks', () => {
  it('balance', async () => {
    const said = await refuses(
      'lend supply 100001 USDC --market mrUSDC --as alice --yes',
      'INSUFFICIENT_BALANCE',
      1,
      /smaller amount/,
    );
    expect(said).toContain('100,000 USDC');
  });

  it('approval, when the CLI may not give it', async () => {
    await refuses(
      'lend supply 5 USDC --market mrUSDC --as alice --yes --approved-only',
      'INSUFFICIENT_APPROVAL',
      1,
      /Approve 5 USDC/,
    );
  });

  it('anything to take a share of', async () => {
    await refuses(
      'lend withdraw max USDC --market mrUSDC --as alice --yes',
      'NOTHING_AVAILABLE',
      1,
      /share of that/,
    );
    await refuses(
      'lend borrow max USDC --market mrUSDC --as alice --yes',
      'NOTHING_AVAILABLE',
      1,
      /share of that/,
    );
  });

  it('gas money', async () => {
    const key = `0x${'cd'.repeat(32)}` as const;
    const { address } = privateKeyToAccount(key);
    await play.done(`dev fund 10 USDC ${address}`);
    await play.client.setBalance({ address, value: 0n });
    const broke = { env: { MILLRACE_PRIVATE_KEY: key } };
    const line = 'lend supply 10 USDC --market mrUSDC --yes';
    await refuses(line, 'INSUFFICIENT_FUNDS', 1, /coin/, broke);
    const { findings } = (await play.here('doctor', broke)).data<{
      findings: { check: string; status: string }[];
    }>();
    expect(findings).toContainEqual(expect.objectContaining({ check: 'gas', status: 'warning' }));
    await play.done(`dev fund 1 USDC ${address}`);
    expect((await play.here(line, broke)).exitCode).toBe(0);
  });
});

describe('what the market refuses', () => {
  it('an unhealthy loan', async () => {
    await play.done('lend collateral add 1 WETH --market mrUSDC --as carol --yes');
    const said = await refuses(
      'lend borrow 2500 USDC --market mrUSDC --as carol --yes',
      'UNHEALTHY',
      4,
      /collateral/,
    );
    expect(said).toContain('2,500');
    await refuses(
      'lend collateral remove 2 WETH --market mrUSDC --as carol --yes',
      'INSUFFICIENT_COLLATERAL',
      4,
      /./,
    );
  });

  it('a debt that is too small', async () => {
    await refuses('lend borrow 1 USDC --market mrUSDC --as carol --yes', 'DEBT_TOO_SMALL', 4, /./);
  });

  it('a healthy position to liquidate', async () => {
    await refuses('liquidate run grace --market mrUSDC --as bob --yes', 'HEALTHY', 1, /liquidate list/);
  });

  it('more cash than there is', async () => {
    await play.done('lend collateral add 30 WETH --market mrUSDC --as dave --yes');
    await play.done('lend borrow 50000 USDC --market mrUSDC --as dave --yes');
    const said = await refuses(
      'lend withdraw 90000 USDC --market mrUSDC --as heidi --yes',
      'TILLS_DRY',
      4,
      /smaller amount|wait/,
    );
    expect(said).toContain('90,000 USDC');
    // What is there can leave.
    const { amount } = await play.done<{ amount: string }>(
      'lend withdraw max USDC --market mrUSDC --as heidi --yes --dry-run',
    );
    expect(BigInt(amount)).toBeLessThan(90_000_000_000n);
  });

  it('more collateral than its cap, however it is spread', async () => {
    // Ten fit into one till, twenty-five into three.
    await play.done('lend collateral add 25 WETH --market mrCAPPED --as frank --yes');
    await refuses('lend collateral add 16 WETH --market mrCAPPED --as frank --yes', 'CAP_EXCEEDED', 4, /./);
    await play.done('lend collateral add 5 WETH --market mrCAPPED --as frank --yes');
    const left = 'lend collateral remove max WETH --market mrCAPPED --as frank --yes';
    expect((await play.done<{ amount: string }>(left)).amount).toBe(`30${'0'.repeat(18)}`);
  });

  it('whom the gate does not know', async () => {
    await refuses('lend supply 10 USDC --market mrGATED --as alice --yes', 'GATE_REFUSED', 4, /./);
    await refuses('lend supply 10 USDC --market mrGATED --as alice --dry-run', 'GATE_REFUSED', 4, /./);
  });

  it('new loans and supply while it is paused, and nothing else', async () => {
    const address = play.address('mrUSDC');
    const pause = { address, abi: iMarketAbi, functionName: 'pause', args: [3600n] } as const;
    await play.client.waitForTransactionReceipt({ hash: await play.client.writeContract(pause) });
    await refuses('lend supply 10 USDC --market mrUSDC --as alice --yes', 'PAUSED', 4, /./);
    await refuses('lend borrow 100 USDC --market mrUSDC --as dave --yes', 'PAUSED', 4, /./);
    await play.done('lend repay 100 USDC --market mrUSDC --as dave --yes');
    const { findings } = (await play.here('doctor')).data<{
      findings: { check: string; status: string }[];
    }>();
    expect(findings).toContainEqual(expect.objectContaining({ check: 'market', status: 'warning' }));
    const resume = { address, abi: iMarketAbi, functionName: 'unpause', args: [] } as const;
    await play.client.waitForTransactionReceipt({ hash: await play.client.writeContract(resume) });
  });

  it('new loans at stale prices, and nothing else', async () => {
    await play.done('dev wait 2d --stale');
    await refuses('lend borrow 100 USDC --market mrUSDC --as dave --yes', 'PRICE_UNAVAILABLE', 4, /./);
    const { after } = await play.done<{ after: { health: null } }>(
      'lend repay 100 USDC --market mrUSDC --as dave --yes',
    );
    expect(after.health).toBeNull();
    const doctor = await play.here('doctor');
    expect(doctor.exitCode).toBe(1);
    expect(doctor.data()).toMatchObject({ ok: false });
    await play.done('dev wait 1s');
    expect((await play.here('doctor')).exitCode).toBe(0);
  });
});

describe('the node', () => {
  it('is on another chain', async () => {
    const said = await refuses('market list --chain 1', 'WRONG_CHAIN', 1, /--rpc, --chain and --deployment/);
    expect(said).toContain('31337');
    await refuses('lend supply 1 USDC --market mrUSDC --as alice --yes', 'WRONG_CHAIN', 1, /./, {
      env: { MILLRACE_CHAIN: '10143' },
    });
  });

  it('is down', async () => {
    await refuses('market list --rpc http://127.0.0.1:9', 'RPC_UNREACHABLE', 3, /RPC address/);
    const doctor = await play.here('doctor --rpc http://127.0.0.1:9');
    expect(doctor.exitCode).toBe(1);
    expect(doctor.data<{ findings: object[] }>().findings).toContainEqual(
      expect.objectContaining({ check: 'node', status: 'failed', code: 'RPC_UNREACHABLE' }),
    );
  });

  it('is slow', async () => {
    const url = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`;
    const start = performance.now();
    await refuses(`market list --rpc ${url} --timeout 0.3`, 'RPC_TIMEOUT', 3, /Try again/);
    // Who does not say how long gives it fifteen seconds.
    expect(performance.now() - start).toBeLessThan(14_000);
  });

  it('is no local chain, where play is refused', async () => {
    const other = await startAnvil({ chainId: 4242 });
    try {
      const path = join(play.cwd, 'elsewhere.json');
      writeFileSync(path, readFileSync(join(play.state, 'deployment.json'), 'utf8').replace('31337', '4242'));
      const elsewhere = `--rpc ${other.url} --deployment ${path}`;
      await refuses(`dev fund 1 USDC alice ${elsewhere}`, 'NOT_A_DEVNET', 1, /dev up/);
      await refuses(`dev wait 1d ${elsewhere}`, 'NOT_A_DEVNET', 1, /dev up/);
      await refuses(`market list ${elsewhere}`, 'NO_CONTRACT', 1, /address/);
      const { findings } = (await play.here(`doctor --as alice ${elsewhere}`)).data<{
        findings: { code?: string }[];
      }>();
      expect(findings.map(({ code }) => code)).toEqual(
        expect.arrayContaining(['NO_CONTRACT', 'NOT_A_DEVNET']),
      );
    } finally {
      await other.stop();
    }
  });
});

describe('Ctrl-C', () => {
  it('tells what had been sent by then', async () => {
    await play.client.setAutomine(false);
    await play.client.setIntervalMining({ interval: 0 });
    const controller = new AbortController();
    // On its way, and not answered yet: that it may be mined is known all the same.
    const proxy = await startRpcProxy(play.rpc, (method) => {
      if (method === 'eth_sendRawTransaction') controller.abort();
    });
    const line = `lend supply 7 USDC --market mrUSDC --as erin --yes --rpc ${proxy.url}`;
    const run = await play.here(line, { signal: controller.signal });
    await expect.poll(async () => (await play.client.getTxpoolStatus()).pending).toBe(1);
    expect(run.exitCode).toBe(130);
    const { code, sent } = run.error();
    expect(code).toBe('INTERRUPTED');
    expect(sent).toHaveLength(1);
    await play.client.setAutomine(true);
    await play.client.mine({ blocks: 1 });
    const receipt = await play.client.getTransactionReceipt({ hash: sent[0] as `0x${string}` });
    expect(receipt.status).toBe('success');
    // The approval is mined now; what it was for is not sent any more.
    const sentInAll = () => play.client.getTransactionCount({ address: receipt.from, blockTag: 'pending' });
    const before = await sentInAll();
    await new Promise((done) => setTimeout(done, 3_000));
    expect(await sentInAll()).toBe(before);
    await proxy.stop();
  });
});

describe('the files', () => {
  it('a deployment that is missing or none', async () => {
    await refuses('market list --deployment nowhere.json', 'DEPLOYMENT_MISSING', 1, /--deployment/);
    const path = join(play.cwd, 'broken.json');
    writeFileSync(path, '{"version":1}');
    await refuses(`market list --deployment ${path}`, 'DEPLOYMENT_MALFORMED', 1, /--deployment/);
  });

  it('a keystore that is missing, and a wrong password', async () => {
    const env = { MILLRACE_KEYS: join(play.cwd, 'keys'), MILLRACE_PASSWORD: 'right' };
    await refuses('position show --keystore main', 'KEYSTORE_MISSING', 1, /key new/, { env });
    const made = await play.here('key new main', { env });
    const { address, path } = made.data<{ address: string; path: string }>();
    expect((await play.here('position show --keystore main', { env })).data()).toMatchObject({
      owner: address,
      positions: [],
    });
    await play.done(`dev fund 10 USDC ${address}`);
    const wrong = { ...env, MILLRACE_PASSWORD: 'wrong' };
    await refuses(
      'lend supply 10 USDC --market mrUSDC --keystore main --yes',
      'WRONG_PASSWORD',
      1,
      /--keystore/,
      { env: wrong },
    );
    const right = await play.here('lend supply 10 USDC --market mrUSDC --keystore main --yes', { env });
    expect(right.exitCode).toBe(0);
    expect(right.data()).toMatchObject({ account: address, action: 'supply' });
    writeFileSync(path, readFileSync(path, 'utf8').replace('"version": 3', '"version": 1'));
    await refuses('position show --keystore main', 'KEYSTORE_MALFORMED', 1, /version 3/, { env });
  });
});
