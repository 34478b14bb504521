import { deployMarket, deployProtocol, fund, timeOf } from '@millrace/devnet';
import { channelSalt } from '@millrace/protocol/compute';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  getChannel,
  openChannel,
  redeemVoucher,
  signTokenPermit,
  signVoucher,
  topUpChannel,
} from '../src/compute/index.ts';
import { approve, getBalance, supply } from '../src/index.ts';
import { type Compute, node, payer, refusalOf, startCompute, USDC } from './compute-fixture.ts';

let compute: Compute;
/** Shares of a lending market: a token with permits (ERC-2612), and one that earns while it waits in a channel. */
let shares: `0x${string}`;

beforeAll(async () => {
  compute = await startCompute();
  const deployment = await deployProtocol(compute.admin);
  const market = await deployMarket(compute.admin, deployment, {});
  shares = market.address;
  const client = compute.as(payer);
  await fund(compute.admin, market.asset.address, payer.address, USDC('100'));
  await approve(client, { token: market.asset.address, spender: shares, amount: USDC('100') });
  await supply(client, { market: shares, assets: USDC('100') });
});
afterAll(() => compute?.anvil.stop());

describe('a deposit by permit', () => {
  it('opens and tops up without an approval, and the payee is paid in the same token', async () => {
    const { channels } = compute.contracts;
    const client = compute.as(payer);
    const held = await getBalance(client, { token: shares, owner: payer.address });
    const [deposit, more] = [held / 2n, held / 4n];
    const key = { payer: payer.address, payee: node.address, token: shares, salt: channelSalt(0n, 1n) };
    const deadline = (await timeOf(compute.admin)) + 600n;
    const sign = (value: bigint) =>
      signTokenPermit(client, { token: shares, spender: channels, value, deadline });

    await openChannel(client, { channels, key, deposit, permit: await sign(deposit) });
    await topUpChannel(client, { channels, key, amount: more, permit: await sign(more) });
    expect((await getChannel(client, { channels, key })).deposit).toBe(deposit + more);

    const voucher = await signVoucher(client, { channels, key, total: deposit });
    await redeemVoucher(compute.as(node), { channels, voucher });
    expect((await getChannel(client, { channels, key })).paid).toBe(deposit);
  });

  it('that is too old is told as a missing approval', async () => {
    const { channels } = compute.contracts;
    const client = compute.as(payer);
    const key = { payer: payer.address, payee: node.address, token: shares, salt: channelSalt(0n, 2n) };
    const deadline = (await timeOf(compute.admin)) - 1n;
    const permit = await signTokenPermit(client, {
      token: shares,
      spender: channels,
      value: 1_000n,
      deadline,
    });
    const error = await refusalOf(() => openChannel(client, { channels, key, deposit: 1_000n, permit }));
    expect(error.code).toBe('INSUFFICIENT_APPROVAL');
  });

  it('is refused for a token that knows none', async () => {
    const { token } = compute;
    const spender = compute.contracts.channels;
    const error = await refusalOf(() =>
      signTokenPermit(compute.as(payer), { token, spender, value: 1n, deadline: 10n ** 10n }),
    );
    expect(error).toMatchObject({ code: 'PERMIT_UNSUPPORTED', fault: 'user' });
  });
});
