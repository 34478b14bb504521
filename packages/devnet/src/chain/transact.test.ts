import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Anvil, startAnvil } from '../start-anvil.ts';
import { devnetAccount } from './accounts.ts';
import { createDevnetClient } from './devnet-client.ts';
import { transact } from './transact.ts';

let anvil: Anvil;
beforeAll(async () => {
  anvil = await startAnvil();
});
afterAll(() => anvil?.stop());

it('has a quarter more gas than it is estimated to need, or what it is given', async () => {
  const client = createDevnetClient(anvil);
  const send = async (gas?: bigint) => {
    const transaction = { to: devnetAccount(1).address, value: 1n, gas };
    const { transactionHash: hash, gasUsed } = await transact(client, transaction);
    const { gas: limit } = await client.getTransaction({ hash });
    return { limit, gasUsed };
  };
  expect(await send()).toEqual({ limit: 26_250n, gasUsed: 21_000n });
  expect(await send(30_000n)).toEqual({ limit: 30_000n, gasUsed: 21_000n });
});
