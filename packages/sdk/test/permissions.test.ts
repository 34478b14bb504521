import { timeOf } from '@millrace/devnet';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  borrow,
  buildPermit,
  buildWithdraw,
  encodeRoute,
  getBalance,
  getPosition,
  multicall,
  permit,
  SCOPE,
  setOperator,
  setOperatorBySig,
  signOperator,
  signPermit,
  supply,
  withdraw,
} from '../src/index.ts';
import {
  borrower,
  type Lending,
  lend,
  lender,
  pledge,
  startLending,
  stranger,
  USDC,
  WETH,
} from './lending-fixture.ts';

let lending: Lending;

beforeAll(async () => {
  lending = await startLending();
  await lend(lending, lender, USDC('1000'));
  await pledge(lending, borrower, WETH('1'));
});
afterAll(() => lending?.anvil.stop());

const market = () => lending.market.address;
const soon = async () => (await timeOf(lending.admin)) + 3_600n;

async function positionOf(owner: `0x${string}`) {
  const { deployment, market: of } = lending;
  const terms = of.collaterals.map((each, index) => ({
    index,
    token: each.token,
    oracle: each.oracle.address,
    borrowLtvBps: 8_000n,
    liquidationLtvBps: 8_600n,
    maxBonusBps: 500n,
    cap: each.cap,
  }));
  const found = { address: market(), collaterals: terms };
  return await getPosition(lending.as(lender), { market: found, lens: deployment.lens, owner });
}

describe('operators', () => {
  it('act within their scope, and no longer once it is taken away', async () => {
    const grant = { market: market(), operator: stranger.address, expiry: await soon() };
    const { events } = await setOperator(lending.as(borrower), { ...grant, scope: SCOPE.borrow });
    expect(events[0]).toMatchObject({ eventName: 'OperatorSet', args: { scope: 2n } });
    const loan = {
      market: market(),
      assets: USDC('100'),
      owner: borrower.address,
      receiver: stranger.address,
    };
    await borrow(lending.as(stranger), loan);
    expect((await positionOf(borrower.address)).debt).toBeGreaterThanOrEqual(USDC('100'));

    await setOperator(lending.as(borrower), { ...grant, scope: 0n });
    await expect(borrow(lending.as(stranger), loan)).rejects.toMatchObject({ code: 'NOT_AUTHORISED' });
  });

  it('are set by a signature that anyone may send, once', async () => {
    const [expiry, deadline] = [await soon(), await soon()];
    const signed = await signOperator(lending.as(lender), {
      market: market(),
      operator: stranger.address,
      scope: SCOPE.withdraw,
      expiry,
      deadline,
    });
    const { events } = await setOperatorBySig(lending.as(borrower), signed);
    expect(events[0]).toMatchObject({
      eventName: 'OperatorSet',
      args: { owner: lender.address, scope: 1n, expiry },
    });
    await withdraw(lending.as(stranger), { market: market(), assets: USDC('1'), owner: lender.address });
    await expect(setOperatorBySig(lending.as(borrower), signed)).rejects.toMatchObject({
      code: 'BAD_SIGNATURE',
    });
  });

  it('pay with the owner’s money only within PAY scope', async () => {
    const route = encodeRoute({ ownerPays: true });
    const paying = { market: market(), assets: USDC('5'), owner: lender.address, route };
    await expect(supply(lending.as(stranger), paying)).rejects.toMatchObject({ code: 'NOT_AUTHORISED' });
    await setOperator(lending.as(lender), {
      market: market(),
      operator: stranger.address,
      scope: SCOPE.pay,
      expiry: await soon(),
    });
    // The words speak of the owner, who pays, and has approved nothing.
    await expect(supply(lending.as(stranger), paying)).rejects.toMatchObject({
      code: 'INSUFFICIENT_BALANCE',
      details: { payer: lender.address },
    });
  });
});

describe('permits', () => {
  it('let a spender take shares out, in one transaction with the withdrawal', async () => {
    const { shares } = await positionOf(lender.address);
    const terms = { market: market(), spender: stranger.address, value: shares, deadline: await soon() };
    const signed = await signPermit(lending.as(lender), terms);
    await multicall(lending.as(stranger), {
      market: market(),
      calls: [
        buildPermit(signed),
        buildWithdraw({
          market: market(),
          assets: USDC('10'),
          owner: lender.address,
          receiver: stranger.address,
        }),
      ],
    });
    const token = lending.market.asset.address;
    expect(await getBalance(lending.as(stranger), { token, owner: stranger.address })).toBeGreaterThanOrEqual(
      USDC('10'),
    );
  });

  it('expire', async () => {
    const deadline = (await timeOf(lending.admin)) - 1n;
    const terms = { market: market(), spender: stranger.address, value: 1n, deadline };
    const signed = await signPermit(lending.as(lender), terms);
    await expect(permit(lending.as(stranger), signed)).rejects.toMatchObject({ code: 'SIGNATURE_EXPIRED' });
  });
});
