import { aprToRatePerSecond } from '@millrace/protocol';
import { adaptiveRateAbi, adaptiveRateBytecode } from '@millrace/protocol/contracts/adaptive-rate';
import { allowListAbi, allowListBytecode } from '@millrace/protocol/contracts/allow-list';
import { iMarketAbi } from '@millrace/protocol/contracts/i-market';
import { kinkRateAbi, kinkRateBytecode } from '@millrace/protocol/contracts/kink-rate';
import type { MarketConfig, RateModel } from '@millrace/protocol/market';
import { type Address, encodeFunctionData, zeroAddress } from 'viem';
import {
  type Anvil,
  createDevnetClient,
  type DeployedMarket,
  type DevnetClient,
  deployContract,
  deployMarket,
  deployProtocol,
  devnetAccounts,
  transact,
} from '../../src/index.ts';
import { lowered } from './lowered.ts';
import { FLASH_RECEIVER, provide } from './people.ts';
import { connect, type Rpc } from './rpc.ts';
import type { Setting } from './setting.ts';

/** A market on a chain, people with tokens and approvals, and the same market's configuration for the model. */
export type OpenMarket = {
  readonly client: DevnetClient;
  readonly rpc: Rpc;
  readonly config: MarketConfig;
  readonly market: Address;
  readonly lens: Address;
  /** The asset, then the collaterals. */
  readonly tokens: readonly Address[];
  readonly oracles: readonly Address[];
  readonly tills: readonly Address[];
  readonly actors: readonly Address[];
  readonly cover: Address;
  /** When the market was created, seconds. */
  readonly createdAt: bigint;
};

/** Of 2 000 and 50 000 to the whole; loan-to-values far enough apart to crash through. */
const COLLATERALS = [
  {
    token: { name: 'Ether', symbol: 'ETH', decimals: 18 },
    price: '2000',
    borrowLtvBps: 7_500,
    liquidationLtvBps: 8_300,
    maxBonusBps: 500,
    cap: 10n ** 24n,
  },
  {
    token: { name: 'Bitcoin', symbol: 'BTC', decimals: 8 },
    price: '50000',
    borrowLtvBps: 6_000,
    liquidationLtvBps: 7_000,
    maxBonusBps: 1_000,
    cap: 10n ** 14n,
  },
].map((collateral) => ({ ...collateral, oracle: { kind: 'mock' as const } }));
const TARGET_HEALTH_BPS = 11_000;

/** Deploys everything and provides for everyone; leaves the chain mining on demand only. */
export async function openMarket(chain: Anvil, setting: Setting): Promise<OpenMarket> {
  const client = createDevnetClient(chain);
  const [cover = zeroAddress, ...actors] = lowered(
    devnetAccounts(6)
      .slice(1)
      .map(({ address }) => address),
  );
  const blocked = setting.mayNotBorrow === undefined ? undefined : actors[setting.mayNotBorrow];
  const deployment = await deployProtocol(client);
  const deployed = await deployMarket(client, deployment, {
    ...setting,
    collaterals: COLLATERALS,
    rateModel: await deployRateModel(client, setting.rateModel),
    gate: blocked ? await deployGate(client, [...actors, FLASH_RECEIVER], blocked) : zeroAddress,
    guardian: actors[0],
    cover: setting.hasCover ? cover : zeroAddress,
    targetHealthBps: TARGET_HEALTH_BPS,
  });
  const { timestamp } = await client.getBlock({ blockNumber: deployed.createdAtBlock });
  const tokens = lowered(
    [deployed.asset, ...deployed.collaterals.map(({ token }) => token)].map(({ address }) => address),
  );
  await provide(client, deployed.address, tokens, cover, actors);
  await client.setAutomine(false);
  return {
    client,
    rpc: connect(chain.url),
    config: configOf(setting, deployed, actors[0], setting.hasCover ? cover : undefined, blocked),
    market: deployed.address,
    lens: deployment.lens,
    tokens,
    oracles: deployed.collaterals.map(({ oracle }) => oracle.address),
    tills: await tillsOf(client, deployed),
    actors,
    cover,
    createdAt: timestamp,
  };
}

function configOf(
  setting: Setting,
  { asset, collaterals }: DeployedMarket,
  guardian: Address | undefined,
  cover: Address | undefined,
  blocked: Address | undefined,
): MarketConfig {
  return {
    asset: asset.address,
    stripes: setting.stripes,
    rateModel: setting.rateModel,
    gate: blocked ? (account, action) => action !== 'borrow' || account !== blocked : undefined,
    guardian,
    cover,
    minEpoch: BigInt(setting.minEpoch),
    maxEpoch: BigInt(setting.maxEpoch),
    feeBps: BigInt(setting.feeBps),
    rewardBps: BigInt(setting.rewardBps),
    flashFeeBps: BigInt(setting.flashFeeBps),
    targetHealthBps: BigInt(TARGET_HEALTH_BPS),
    initialRate: aprToRatePerSecond(setting.initialAprWad, 'down'),
    minDebt: setting.minDebt,
    collaterals: collaterals.map((each) => ({
      token: each.token.address,
      oracle: each.oracle.address,
      borrowLtvBps: BigInt(each.borrowLtvBps),
      liquidationLtvBps: BigInt(each.liquidationLtvBps),
      maxBonusBps: BigInt(each.maxBonusBps),
      cap: each.cap,
    })),
  };
}

function deployRateModel(client: DevnetClient, model: RateModel): Promise<Address> {
  switch (model.kind) {
    case 'kink': {
      const args = [model.base, model.slope1, model.kink, model.slope2] as const;
      return deployContract(client, { abi: kinkRateAbi, bytecode: kinkRateBytecode, args });
    }
    case 'adaptive': {
      const args = [model.initialLevel, model.minLevel, model.maxLevel, model.speed] as const;
      return deployContract(client, { abi: adaptiveRateAbi, bytecode: adaptiveRateBytecode, args });
    }
    case 'broken':
      // PUSH0 PUSH0 REVERT, as the code of a contract: whoever calls it fails.
      return deployContract(client, { abi: [], bytecode: '0x625f5ffd5f526003601df3', args: [] });
  }
}

async function deployGate(client: DevnetClient, accounts: Address[], blocked: Address): Promise<Address> {
  const args = [client.account.address, 0] as const;
  const gate = await deployContract(client, { abi: allowListAbi, bytecode: allowListBytecode, args });
  // Bit 2 is borrowing.
  const rights = accounts.map((account) => (account === blocked ? 0b1011 : 0b1111));
  const data = encodeFunctionData({
    abi: allowListAbi,
    functionName: 'setActions',
    args: [accounts, rights],
  });
  await transact(client, { to: gate, data });
  return gate;
}

function tillsOf(client: DevnetClient, { address, stripes }: DeployedMarket): Promise<Address[]> {
  const reads = Array.from({ length: stripes }, (_, j) =>
    client.readContract({ address, abi: iMarketAbi, functionName: 'tillOf', args: [BigInt(j)] }),
  );
  return Promise.all(reads);
}
