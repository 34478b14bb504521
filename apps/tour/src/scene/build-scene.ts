import {
  createDevnetClient,
  type DeployedMarket,
  type DeployedToken,
  type Deployment,
  deployMarket,
  deployProtocol,
  deployToken,
  devnetAccount,
} from '@millrace/devnet';
import { formatAmount } from '@millrace/protocol';
import type { Block, Call, TourChain } from '../chain/tour-chain.ts';
import { GUESTS, KEEPER_ACCOUNT } from '../people/accounts.ts';
import { createPeople, type People } from '../people/people.ts';
import { TourError } from '../tour-error.ts';
import { approve, mint, openTill } from './calls.ts';
import { deployForMachines } from './deploy-for-machines.ts';
import { planMarkets, type Tokens } from './market-plans.ts';
import { planOpening } from './open-positions.ts';
import { publishPrices } from './publish-prices.ts';
import type { Scene } from './scene.ts';

const PRICE_DECIMALS = 8;
/** Positions are opened at a price a tenth above the first one, as if some days had passed since. */
const OPENING_BPS = 11_000n;
/** What the keeper can repay with: more than all debts together. */
const KEEPER_CAPITAL = 200_000_000_000_000n;
const GUEST_USD = 100_000_000_000n;
const GUEST_ETH = 100n * 10n ** 18n;
const GUEST_STABLE = 100_000n * 10n ** 18n;
/** Caps are this many times what is pledged at the start. */
const CAP_FACTOR = 6n;

/** @param progress is told what is being done, in a few words */
export async function buildScene(
  chain: TourChain,
  start: { unix: bigint; price: bigint },
  progress: (what: string) => void,
): Promise<Scene> {
  const client = createDevnetClient(chain);
  // Blocks of the preparation are one second apart, whatever this machine's clock says.
  await chain.rpc.request('anvil_setBlockTimestampInterval', [1]);
  progress('contracts');
  const deployment = await deployProtocol(client);
  const tokens: Tokens = {
    usd: await deployToken(client, { name: 'USD Coin', symbol: 'USDC', decimals: 6 }),
    eth: await deployToken(client, { name: 'Wrapped Ether', symbol: 'WETH', decimals: 18 }),
    stable: await deployToken(client, { name: 'Dai Stablecoin', symbol: 'DAI', decimals: 18 }),
  };
  progress('markets');
  const people = createPeople();
  const opening = (start.price * OPENING_BPS) / 10_000n;
  const cap = capFor(people, start.price);
  for (const plan of planMarkets(tokens, formatAmount(opening, PRICE_DECIMALS), cap)) {
    deployment.markets.push(await deployMarket(client, deployment, plan));
  }
  deployment.compute = await deployForMachines(client, tokens.usd);
  await chain.rpc.request('anvil_removeBlockTimestampInterval');
  progress('people');
  const scene = sceneOf(chain, deployment, people);
  await open(scene, tokens, start);
  return scene;
}

function sceneOf(chain: TourChain, deployment: Deployment, people: People): Scene {
  const keeper = devnetAccount(KEEPER_ACCOUNT).address;
  return { chain, deployment, markets: deployment.markets, people, keeper };
}

/** A multiple of what is pledged if everybody had a health of two, so that the cap is real but far. */
function capFor({ borrowers }: People, price: bigint): bigint {
  const debt = borrowers.reduce((sum, each) => sum + each.debt, 0n);
  return (debt * 10n ** 12n * 10n ** 8n * CAP_FACTOR) / price;
}

async function open(scene: Scene, tokens: Tokens, start: { unix: bigint; price: bigint }): Promise<void> {
  const { chain, markets, keeper } = scene;
  const prices = markets.map((market) =>
    market.collaterals.map(({ token }) => (token === tokens.stable ? 10n ** 8n : start.price)),
  );
  const opening = planOpening(scene.people, markets, prices);
  const capital = [
    mint(tokens.usd.address, keeper, KEEPER_CAPITAL),
    ...approvals(markets, tokens.usd, scene),
  ];
  let time = start.unix - 60n;
  const prepare = [...tills(scene), ...capital, ...guests(tokens), ...opening.prepare];
  for (const calls of [prepare, opening.lend, opening.pledge, opening.borrow]) {
    await chain.send(calls);
    requireAllDone(await chain.mine(time++));
  }
  await chain.send(publishPrices(markets, start.price, undefined));
  requireAllDone(await chain.mine(start.unix));
}

/** Guests get something to play with. */
function guests({ usd, eth, stable }: Tokens): Call[] {
  return GUESTS.flatMap(({ address }) => [
    mint(usd.address, address, GUEST_USD),
    mint(eth.address, address, GUEST_ETH),
    mint(stable.address, address, GUEST_STABLE),
  ]);
}

function tills({ deployment, markets, keeper }: Scene): Call[] {
  return markets.flatMap(({ address, stripes }) =>
    Array.from({ length: stripes }, (_, till) => openTill(deployment.tillFactory, address, till, keeper)),
  );
}

function approvals(markets: readonly DeployedMarket[], usd: DeployedToken, { keeper }: Scene): Call[] {
  return markets.map((market) => approve(usd.address, keeper, market.address));
}

function requireAllDone({ receipts, number }: Block): void {
  const failed = receipts.filter(({ status }) => status !== '0x1');
  if (failed.length === 0) return;
  throw new TourError(`${failed.length} transactions of the opening failed.`, {
    code: 'SCENE_FAILED',
    fault: 'protocol',
    details: { block: number, first: failed[0]?.transactionHash },
  });
}
