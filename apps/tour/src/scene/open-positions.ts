import type { DeployedMarket } from '@millrace/devnet';
import { BPS, mulDivUp, WAD } from '@millrace/protocol';
import type { Call } from '../chain/tour-chain.ts';
import type { Borrower, Lender, People } from '../people/people.ts';
import { approve, borrow, mint, pledge, spread, supply } from './calls.ts';

/** What share of the money that is lent out the first borrowers take: they leave so much of it in the tills. */
const FIRST_USE_BPS = 8_000n;

/** The calls that put everybody into their positions: money and approvals, then lenders, then borrowers. */
export type Opening = { prepare: Call[]; lend: Call[]; pledge: Call[]; borrow: Call[] };

/** What a whole collateral costs, 8 decimals, for each collateral of a market. */
export type Prices = readonly bigint[];

const PRICE_UNIT = 10n ** 8n;

/** @param prices of each market's collaterals at the start of the replay: health is meant at these */
export function planOpening(
  people: People,
  markets: readonly DeployedMarket[],
  prices: readonly Prices[],
): Opening {
  const opening: Opening = { prepare: [], lend: [], pledge: [], borrow: [] };
  for (const [k, market] of markets.entries()) {
    const borrowers = people.borrowers.filter((each) => each.market === k);
    const lenders = people.lenders.filter((each) => each.market === k);
    openLenders(opening, market, lenders, borrowers);
    for (const borrower of borrowers) openBorrower(opening, market, borrower, prices[k] ?? []);
  }
  return opening;
}

function openLenders(
  opening: Opening,
  market: DeployedMarket,
  lenders: Lender[],
  borrowers: Borrower[],
): void {
  const debt = borrowers.reduce((sum, each) => sum + each.debt, 0n);
  const weights = lenders.reduce((sum, each) => sum + each.weight, 0n);
  const { address: token } = market.asset;
  for (const { address, weight } of lenders) {
    const amount = (((debt * BPS) / FIRST_USE_BPS) * weight) / weights;
    opening.prepare.push(mint(token, address, amount), approve(token, address, market.address));
    opening.lend.push(supply(market.address, address, amount, spread(address, market.stripes)));
  }
}

function openBorrower(opening: Opening, market: DeployedMarket, borrower: Borrower, prices: Prices): void {
  const { address, debt } = borrower;
  opening.prepare.push(approve(market.asset.address, address, market.address));
  for (const [k, { token }] of market.collaterals.entries()) {
    opening.prepare.push(approve(token.address, address, market.address));
    const amount = toPledge(market, borrower, prices, k);
    if (amount === 0n) continue;
    opening.prepare.push(mint(token.address, address, amount));
    opening.pledge.push(pledge(market.address, address, k, amount, spread(address, market.stripes)));
  }
  opening.borrow.push(borrow(market.address, address, debt));
}

/** Base units of collateral `k` that, with the others, give the borrower their health at `prices`; rounded up. */
function toPledge(market: DeployedMarket, borrower: Borrower, prices: Prices, k: number): bigint {
  const shares = [BPS - borrower.secondBps, borrower.secondBps];
  const ltv = market.collaterals.reduce(
    (sum, each, j) => sum + ((shares[j] ?? 0n) * BigInt(each.liquidationLtvBps)) / BPS,
    0n,
  );
  const worth = mulDivUp(mulDivUp(borrower.debt, borrower.health, WAD), BPS, ltv);
  const part = mulDivUp(worth, shares[k] ?? 0n, BPS);
  const decimals = market.collaterals[k]?.token.decimals ?? 18;
  const scale = 10n ** BigInt(decimals - market.asset.decimals);
  return mulDivUp(part * scale, PRICE_UNIT, prices[k] ?? PRICE_UNIT);
}
