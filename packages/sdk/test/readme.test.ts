import { readFileSync } from 'node:fs';
import { deployCompute, fund } from '@millrace/devnet';
import { bytesToHex } from 'viem';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as compute from '../src/compute/index.ts';
import * as sdk from '../src/index.ts';
import { approve } from '../src/index.ts';
import { payWhileWorking } from './compute-readme-example.ts';
import { borrower, type Lending, lender, startLending, USDC } from './lending-fixture.ts';
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

  it('shows how a node is paid while it works', async () => {
    const source = readFileSync(new URL('./compute-readme-example.ts', import.meta.url), 'utf8');
    const published = source
      .replace("'../src/index.ts'", "'@millrace/sdk'")
      .replace("'../src/compute/index.ts'", "'@millrace/sdk/compute'");
    expect(readme).toContain(published);

    const { token, channels } = await deployCompute(lending.admin);
    await fund(lending.admin, token.address, lender.address, 10_000n);
    const [payer, node] = [lending.as(lender), lending.as(borrower)];
    await approve(payer, { token: token.address, spender: channels, amount: 10_000n });
    const addresses = { payer: lender.address, node: borrower.address, token: token.address, channels };
    await payWhileWorking({ payer, node, addresses });
    const lane = { payee: borrower.address, token: token.address, number: 0n };
    expect(await compute.getCredit(node, { contract: channels, lane })).toBe(1_000n);
  });

  it('lists every function there is', () => {
    const names = [...Object.keys(sdk), ...Object.keys(compute)].filter(
      (name) => !/^build(?!Pause|Unpause)/.test(name) && name !== 'basketOf',
    );
    expect(names.filter((name) => !readme.includes(`\`${name}\``))).toEqual([]);
  });
});
