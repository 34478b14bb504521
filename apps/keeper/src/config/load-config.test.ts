import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { loadConfig } from './load-config.ts';

const folder = mkdtempSync(join(tmpdir(), 'millrace-config-'));
afterAll(() => rmSync(folder, { recursive: true }));

const ADDRESS = '0x00000000000000000000000000000000000000aa';
const LEAST = {
  chain: { rpc: ['http://127.0.0.1:8545'], chainId: 1 },
  lens: ADDRESS,
  journal: 'keeper.journal',
  signer: { keystore: 'key.json', passwordEnv: 'PASSWORD' },
  markets: [{ name: 'usdc', address: ADDRESS, fromBlock: 5 }],
};

function load(config: object) {
  const path = join(folder, 'keeper.json');
  writeFileSync(path, JSON.stringify(config));
  return loadConfig(path);
}

async function problemsOf(config: object): Promise<string> {
  return load(config).then(
    () => 'none',
    (error: Error) => error.message,
  );
}

describe('loadConfig', () => {
  it('fills in defaults, and reads paths from where the file is', async () => {
    const config = await load(LEAST);
    expect(config.chain).toMatchObject({ confirmations: 1, reorgDepth: 16, pollSeconds: 2 });
    expect(config.markets[0]).toMatchObject({
      checkpoints: { forceAfterSeconds: 3_600, minProfit: '0' },
      liquidations: { minProfit: '0', nearHealth: 1.1 },
      rebalancing: false,
      alerts: { utilisationPercent: 95 },
    });
    expect(config.journal).toBe(join(folder, 'keeper.journal'));
    expect(config.signer).toEqual({ keystore: join(folder, 'key.json'), passwordEnv: 'PASSWORD' });
  });

  it('names every wrong field', async () => {
    const chain = { rpc: ['ftp://x'], chainId: 'one', typo: 1 };
    const problems = await problemsOf({ ...LEAST, chain, lens: '0x12', signer: { privateKey: '0x1' } });
    for (const part of [
      'chain.rpc.0:',
      'chain.chainId:',
      'chain: ',
      'typo',
      'lens: is no address',
      'signer: is neither',
    ]) {
      expect(problems).toContain(part);
    }
  });

  it('takes no amount that is not exact', async () => {
    const market = { ...LEAST.markets[0], liquidations: { minProfit: 0.1 } };
    expect(await problemsOf({ ...LEAST, markets: [market] })).toContain('markets.0.liquidations');
  });

  it('takes nothing twice', async () => {
    const [market] = LEAST.markets;
    expect(await problemsOf({ ...LEAST, markets: [market, market] })).toContain('markets: names usdc twice');
  });

  it('accepts the example of the documentation', async () => {
    const page = readFileSync(new URL('../../../../docs/operate/keeper.md', import.meta.url), 'utf8');
    const example = /```json\n([\s\S]*?)```/.exec(page)?.[1] ?? '';
    await expect(load(JSON.parse(example) as object)).resolves.toBeDefined();
  });
});
