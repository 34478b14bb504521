import {
  deployContract,
  deployMarket,
  devnetAccount,
  fund,
  increaseTime,
  type Snapshot,
  setPrice,
  snapshot,
} from '@millrace/devnet';
import {
  InsufficientApprovalError,
  InsufficientBalanceError,
  MillraceError,
  RevertError,
  WalletError,
  WrongChainError,
} from '@millrace/protocol';
import { allowListAbi, allowListBytecode } from '@millrace/protocol/contracts/allow-list';
import { createWalletClient, custom, maxUint256, zeroAddress } from 'viem';
import { mainnet } from 'viem/chains';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  approve,
  borrow,
  buildPause,
  getMarket,
  getPosition,
  quoteBorrow,
  quoteSupply,
  quoteWithdraw,
  repay,
  sendCall,
  supply,
  supplyCollateral,
  withdraw,
  withdrawCollateral,
} from '../src/index.ts';
import {
  borrower,
  clientOf,
  type Lending,
  lend,
  lender,
  pledge,
  startLending,
  stranger,
  USDC,
  WETH,
} from './lending-fixture.ts';

const guardian = devnetAccount(5);
let lending: Lending;
let start: Snapshot;

beforeAll(async () => {
  lending = await startLending({ guardian: guardian.address });
  await lend(lending, lender, USDC('1000'));
  await pledge(lending, borrower, WETH('1'));
  await borrow(lending.as(borrower), { market: lending.market.address, assets: USDC('600') });
  start = await snapshot(lending.admin);
});
afterAll(() => lending?.anvil.stop());
beforeEach(() => start.restore());

/** What an operation throws; nothing may have been sent by then. */
async function refusalOf(run: () => Promise<unknown>): Promise<MillraceError> {
  const block = await lending.admin.getBlockNumber();
  const error = await run().then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof MillraceError)) throw new Error(`It was not refused properly: ${String(error)}`);
  expect(await lending.admin.getBlockNumber()).toBe(block);
  expect(error.hint).toBeTruthy();
  return error;
}

const market = () => lending.market.address;
const as = (account: typeof lender) => lending.as(account);

describe('bad amounts', () => {
  it('nothing at all', async () => {
    const error = await refusalOf(() => supply(as(lender), { market: market(), assets: 0n }));
    expect(error).toMatchObject({ code: 'ZERO_AMOUNT', fault: 'user', retryable: false });
  });

  it('more than the books hold', async () => {
    const error = await refusalOf(() => supply(as(lender), { market: market(), assets: maxUint256 }));
    expect(error).toMatchObject({ code: 'AMOUNT_TOO_LARGE', fault: 'user' });
  });

  it.each([-1n, 2n ** 256n])('%d is none', async (assets) => {
    const error = await refusalOf(() => supply(as(lender), { market: market(), assets }));
    expect(error).toMatchObject({ code: 'INVALID_AMOUNT', fault: 'user' });
  });
});

describe('the account that pays', () => {
  it('holds too little', async () => {
    const error = await refusalOf(() => supply(as(stranger), { market: market(), assets: USDC('500') }));
    expect(error).toBeInstanceOf(InsufficientBalanceError);
    expect(error.shortMessage).toBe('This takes 500 USDC, and the account holds 0 USDC.');
  });

  it('has not approved enough', async () => {
    const token = lending.market.asset.address;
    await fund(lending.admin, token, stranger.address, USDC('500'));
    await approve(as(stranger), { token, spender: market(), amount: USDC('499.5') });
    const error = await refusalOf(() => supply(as(stranger), { market: market(), assets: USDC('500') }));
    expect(error).toBeInstanceOf(InsufficientApprovalError);
    expect(error.shortMessage).toBe('The market needs 500 USDC, and may take 499.5 USDC from this account.');
    expect(error.hint).toBe('Approve 500 USDC for the market first.');
  });

  it('is told the same of collateral and of repaying', async () => {
    const collateral = await refusalOf(() =>
      supplyCollateral(as(stranger), { market: market(), index: 0, amount: WETH('2') }),
    );
    expect(collateral.shortMessage).toBe('This takes 2 WETH, and the account holds 0 WETH.');
    await fund(lending.admin, lending.market.asset.address, borrower.address, USDC('1'));
    const repaying = await refusalOf(() => repay(as(borrower), { market: market(), assets: maxUint256 }));
    expect(repaying).toBeInstanceOf(InsufficientApprovalError);
    expect(repaying.shortMessage).toMatch(/^The market needs 600(\.\d+)? USDC, and may take 0 USDC/);
  });
});

describe('what the position does not carry', () => {
  it('too large a loan, in the same words as its quote', async () => {
    const assets = USDC('2000');
    const error = await refusalOf(() => borrow(as(borrower), { market: market(), assets }));
    expect(error).toBeInstanceOf(RevertError);
    expect(error).toMatchObject({ code: 'UNHEALTHY', fault: 'user' });
    expect(error.shortMessage).toMatch(
      /^The debt would be 2,600(\.\d+)? USDC, and the collateral carries 2,400 USDC\.$/,
    );

    const found = await getMarket(as(borrower), { market: market(), lens: lending.deployment.lens });
    const owner = borrower.address;
    const position = await getPosition(as(borrower), { market: found, lens: lending.deployment.lens, owner });
    const quote = quoteBorrow({ market: found, position, assets });
    expect(quote.refusal?.code).toBe('UNHEALTHY');
    // But for the interest of a second, which is in the decimals.
    expect(quote.refusal?.shortMessage.slice(0, 23)).toBe(error.shortMessage.slice(0, 23));
  });

  it('taking out collateral that the debt needs', async () => {
    const error = await refusalOf(() =>
      withdrawCollateral(as(borrower), { market: market(), index: 0, amount: WETH('0.9') }),
    );
    expect(error.code).toBe('UNHEALTHY');
  });

  it('a debt of dust', async () => {
    await pledge(lending, stranger, WETH('1'));
    const error = await refusalOf(() => borrow(as(stranger), { market: market(), assets: USDC('9') }));
    expect(error.shortMessage).toBe('A debt must be at least 10 USDC, and this would leave 9 USDC.');
  });
});

describe('dry tills', () => {
  it('stop a withdrawal, and the quote says so before', async () => {
    const assets = USDC('900');
    const error = await refusalOf(() => withdraw(as(lender), { market: market(), assets }));
    expect(error).toMatchObject({ code: 'TILLS_DRY', fault: 'network', retryable: true });
    expect(error.shortMessage).toBe(
      'This needs 900 USDC, and the market has 400 USDC at hand; the rest is lent out.',
    );
    const found = await getMarket(as(lender), { market: market(), lens: lending.deployment.lens });
    const owner = lender.address;
    const position = await getPosition(as(lender), { market: found, lens: lending.deployment.lens, owner });
    expect(quoteWithdraw({ market: found, position, assets }).refusal?.shortMessage).toBe(error.shortMessage);
  });
});

describe('a stale price', () => {
  it('stops borrowing, not repaying', async () => {
    await increaseTime(lending.admin, 86_401);
    const error = await refusalOf(() => borrow(as(borrower), { market: market(), assets: USDC('100') }));
    expect(error).toMatchObject({ code: 'PRICE_UNAVAILABLE', fault: 'network', retryable: true });
    expect(error.shortMessage).toBe('The price of WETH is stale, zero or in dispute.');

    const token = lending.market.asset.address;
    await approve(as(borrower), { token, spender: market(), amount: USDC('100') });
    const { result } = await repay(as(borrower), { market: market(), assets: USDC('100') });
    expect(result).toBe(USDC('100'));
    await setPrice(lending.admin, lending.market, '3000');
    await borrow(as(borrower), { market: market(), assets: USDC('100') });
  });
});

describe('a paused market', () => {
  it('takes no supply, lets everybody leave, and its quote says so', async () => {
    await sendCall(as(guardian), { call: buildPause({ market: market(), seconds: 3_600n }) });
    const error = await refusalOf(() => supply(as(lender), { market: market(), assets: 1n }));
    expect(error).toMatchObject({ code: 'PAUSED', retryable: true });
    expect(error.shortMessage).toMatch(/until \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC\.$/);
    await withdraw(as(lender), { market: market(), assets: USDC('1') });

    const found = await getMarket(as(lender), { market: market(), lens: lending.deployment.lens });
    expect(found.isPaused).toBe(true);
    const owner = lender.address;
    const position = await getPosition(as(lender), { market: found, lens: lending.deployment.lens, owner });
    expect(quoteSupply({ market: found, position, assets: 1n }).refusal?.shortMessage).toBe(
      error.shortMessage,
    );
  });
});

describe('rights', () => {
  it('a stranger may not borrow for somebody', async () => {
    const error = await refusalOf(() =>
      borrow(as(stranger), { market: market(), assets: USDC('10'), owner: borrower.address }),
    );
    expect(error).toMatchObject({ code: 'NOT_AUTHORISED', fault: 'user' });
    expect(error.shortMessage).toBe('0x15d3…6A65 may not borrow for 0x3C44…93BC.');
  });

  it('a gate keeps people out by name', async () => {
    const gate = await deployContract(lending.admin, {
      abi: allowListAbi,
      bytecode: allowListBytecode,
      args: [lender.address, 0],
    });
    const gated = await deployMarket(lending.admin, lending.deployment, {
      gate,
      asset: lending.market.asset,
    });
    const error = await refusalOf(() => supply(as(lender), { market: gated.address, assets: USDC('1') }));
    expect(error).toMatchObject({ code: 'GATE_REFUSED', fault: 'user' });
    expect(error.shortMessage).toBe('The gate of this market does not let 0x7099…79C8 supply.');
  });
});

describe('wrong places', () => {
  it('another chain than the client expects', async () => {
    const client = clientOf(lending.anvil.url, mainnet as never, lender);
    const error = await refusalOf(() => supply(client, { market: market(), assets: 1n }));
    expect(error).toBeInstanceOf(WrongChainError);
    expect(error.shortMessage).toBe('This is meant for chain 1, and this is chain 31337.');
  });

  it('an address without a market', async () => {
    const error = await refusalOf(() => supply(as(lender), { market: zeroAddress, assets: 1n }));
    expect(error.code).toBe('NO_CONTRACT');
    const silent = await refusalOf(() => borrow(as(lender), { market: stranger.address, assets: 1n }));
    expect(silent.code).toBe('NO_CONTRACT');
    const reading = await refusalOf(() =>
      getMarket(as(lender), { market: market(), lens: stranger.address }),
    );
    expect(reading.code).toBe('NO_CONTRACT');
  });

  it('something that is no address', async () => {
    const error = await refusalOf(() => supply(as(lender), { market: market(), assets: 1n, owner: '0x12' }));
    expect(error).toMatchObject({ code: 'INVALID_ADDRESS', fault: 'user' });
  });

  it('no account to act for', async () => {
    const nobody = createWalletClient({ chain: lending.admin.chain, transport: custom(lending.admin) });
    const error = await refusalOf(() => supply(nobody, { market: market(), assets: 1n }));
    expect(error).toBeInstanceOf(WalletError);
    expect(error.code).toBe('NO_ACCOUNT');
  });
});

describe('a wallet', () => {
  it('whose holder declines', async () => {
    const provider = {
      request: async (request: { method: string; params?: unknown }) => {
        if (request.method === 'eth_sendTransaction')
          throw Object.assign(new Error('User rejected the request.'), { code: 4001 });
        return await lending.admin.request(request as never);
      },
    };
    const account = lender.address;
    const wallet = createWalletClient({ account, chain: lending.admin.chain, transport: custom(provider) });
    const error = await refusalOf(() => withdraw(wallet, { market: market(), assets: USDC('1') }));
    expect(error).toBeInstanceOf(WalletError);
    expect(error).toMatchObject({ code: 'WALLET_REJECTED', fault: 'user', retryable: false });
  });

  it('that cannot pay for gas', async () => {
    await lending.admin.setBalance({ address: lender.address, value: 0n });
    const error = await refusalOf(() => withdraw(as(lender), { market: market(), assets: USDC('1') }));
    expect(error.code).toBe('INSUFFICIENT_FUNDS');
  });
});

describe('a transaction that was sent', () => {
  it('and ran out of gas', async () => {
    const run = withdraw(as(lender), { market: market(), assets: USDC('1'), gas: 50_000n });
    await expect(run).rejects.toMatchObject({ code: 'REVERTED_ON_CHAIN', details: { gasUsed: 50_000n } });
  });

  it('and is not mined in time, but its hash is known', async () => {
    const hashes: string[] = [];
    await lending.admin.setAutomine(false);
    try {
      const run = withdraw(as(lender), {
        market: market(),
        assets: USDC('1'),
        timeoutMilliseconds: 200,
        onHash: (hash) => hashes.push(hash),
      });
      await expect(run).rejects.toMatchObject({ code: 'NOT_MINED_YET', fault: 'network', retryable: true });
    } finally {
      await lending.admin.mine({ blocks: 1 });
      await lending.admin.setAutomine(true);
    }
    expect(hashes).toHaveLength(1);
    const hash = hashes[0] as `0x${string}`;
    expect((await lending.admin.getTransactionReceipt({ hash })).status).toBe('success');
  });
});
