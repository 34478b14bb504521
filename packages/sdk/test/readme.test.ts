import { readFileSync } from 'node:fs';
import { fund } from '@millrace/devnet';
import { bytesToHex } from 'viem';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as sdk from '../src/index.ts';
import { type Lending, lender, startLending, USDC } from './lending-fixture.ts';
import { lendThousand } from './readme-example.ts';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
let lending: Lending;

beforeAll(async () => {
  lending = await startLending();
});
afterAll(() => lending?.anvil.stop());

describe('the README', () => {
  it('shows an example that runs', async () => {
    const source = readFileSync(new URL('./readme-example.ts', import.meta.url), 'utf8');
    expect(readme).toContain(source.replace("'../src/index.ts'", "'@millrace/sdk'"));

    await fund(lending.admin, lending.market.asset.address, lender.address, USDC('1000'));
    const privateKey = lender.getHdKey().privateKey;
    if (!privateKey) throw new Error('The devnet has keys.');
    const position = await lendThousand({
      rpc: lending.anvil.url,
      key: bytesToHex(privateKey),
      market: lending.market.address,
      lens: lending.deployment.lens,
    });
    expect(position.supplied).toBeGreaterThanOrEqual(USDC('999.999'));
  });

  it('lists every function there is', () => {
    const names = Object.keys(sdk).filter(
      (name) => !/^build(?!Pause|Unpause)/.test(name) && name !== 'basketOf',
    );
    expect(names.filter((name) => !readme.includes(`\`${name}\``))).toEqual([]);
  });
});
