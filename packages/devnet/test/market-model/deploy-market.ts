import { adaptiveRateAbi, adaptiveRateBytecode } from '@millrace/protocol/contracts/adaptive-rate';
import { allowListAbi, allowListBytecode } from '@millrace/protocol/contracts/allow-list';
import { iMarketAbi } from '@millrace/protocol/contracts/i-market';
import { kinkRateAbi, kinkRateBytecode } from '@millrace/protocol/contracts/kink-rate';
import { lensAbi, lensBytecode } from '@millrace/protocol/contracts/lens';
import { marketAbi, marketBytecode } from '@millrace/protocol/contracts/market';
import { marketExtensionAbi, marketExtensionBytecode } from '@millrace/protocol/contracts/market-extension';
import { mockOracleAbi, mockOracleBytecode } from '@millrace/protocol/contracts/mock-oracle';
import { mockTokenAbi, mockTokenBytecode } from '@millrace/protocol/contracts/mock-token';
import { tillFactoryAbi, tillFactoryBytecode } from '@millrace/protocol/contracts/till-factory';
import type { MarketConfig, RateModel } from '@millrace/protocol/market';
import {
  type Abi,
  type Address,
  encodeDeployData,
  encodeFunctionData,
  type Hex,
  maxUint256,
  slice,
  zeroAddress,
} from 'viem';
import { FLASH_RECEIVER } from './flash-receiver.ts';
import type { Rpc } from './rpc.ts';

/** What differs between the markets that are compared. */
export type Setting = {
  readonly name: string;
  readonly rateModel: RateModel;
  /** Who may not borrow, by the number of the actor; without it there is no gate. */
  readonly mayNotBorrow?: number | undefined;
  readonly hasCover: boolean;
  readonly terms: Pick<
    MarketConfig,
    'stripes' | 'minEpoch' | 'maxEpoch' | 'feeBps' | 'rewardBps' | 'flashFeeBps' | 'initialRate' | 'minDebt'
  >;
};

/** A market on a chain, people with tokens and approvals, and the same market's configuration for the model. */
export type Deployed = {
  readonly rpc: Rpc;
  readonly config: MarketConfig;
  readonly market: Address;
  readonly lens: Address;
  /** The asset, then the collaterals. */
  readonly tokens: readonly Address[];
  readonly oracles: readonly Address[];
  readonly tills: readonly Address[];
  readonly actors: readonly Address[];
  readonly receiver: Address;
  readonly cover: Address;
  /** When the market was created, seconds. */
  readonly createdAt: bigint;
};

const GAS = '0x1c9c380';
const RECEIVER: Address = '0x00000000000000000000000000000000000f1a54';
export const WEALTH = 10n ** 30n;
export const COVER_ALLOWANCE = 40_000_000_000n;
const COVER_WEALTH = 60_000_000_000n;
/** What the receiver of flash loans holds for fees and for its own use. */
const RECEIVER_WEALTH = 2_000_000_000n;

/** What actor, cover or receiver starts with of token `k`. */
export function startingBalance({ cover, receiver }: Deployed, account: Address, token: number): bigint {
  if (account === cover) return token === 0 ? COVER_WEALTH : 0n;
  return account === receiver ? RECEIVER_WEALTH : WEALTH;
}

/** Deploys everything, mints and approves; leaves the chain mining on demand only. */
export async function deployMarket(rpc: Rpc, setting: Setting): Promise<Deployed> {
  await rpc.send('evm_setAutomine', true);
  const accounts = await rpc.send<Address[]>('eth_accounts');
  const [deployer = zeroAddress, cover = zeroAddress, ...actors] = accounts.slice(0, 6);
  const deploy = (abi: Abi, bytecode: Hex, ...args: unknown[]) =>
    create(rpc, deployer, encodeDeployData({ abi, bytecode, args }));
  const token = (decimals: number) => deploy(mockTokenAbi, mockTokenBytecode, `T${decimals}`, 'T', decimals);
  const tokens = [await token(6), await token(18), await token(8)];
  const [asset = zeroAddress, ...collaterals] = tokens;
  const oracles = [
    await deploy(mockOracleAbi, mockOracleBytecode, 0n, 0n),
    await deploy(mockOracleAbi, mockOracleBytecode, 0n, 0n),
  ];
  const blocked = setting.mayNotBorrow === undefined ? undefined : actors[setting.mayNotBorrow];
  const gate = blocked ? await deployGate(rpc, deployer, [...actors, RECEIVER], blocked) : zeroAddress;
  const terms = { ...setting.terms, targetHealthBps: 11_000n };
  const config: MarketConfig = {
    ...terms,
    asset,
    rateModel: setting.rateModel,
    gate: blocked ? (account, action) => action !== 'borrow' || account !== blocked.toLowerCase() : undefined,
    guardian: actors[0],
    cover: setting.hasCover ? cover : undefined,
    collaterals: collaterals.map((address, i) => ({
      token: address,
      oracle: oracles[i] ?? zeroAddress,
      borrowLtvBps: i === 0 ? 7_500n : 6_000n,
      liquidationLtvBps: i === 0 ? 8_300n : 7_000n,
      maxBonusBps: i === 0 ? 500n : 1_000n,
      cap: i === 0 ? 10n ** 24n : 10n ** 14n,
    })),
  };
  const wire = {
    ...terms,
    asset,
    name: 'Market',
    symbol: 'M',
    rateModel: await deployRateModel(rpc, deployer, setting.rateModel),
    gate,
    guardian: config.guardian,
    cover: config.cover ?? zeroAddress,
    collaterals: config.collaterals,
  };
  const tills = await deploy(tillFactoryAbi, tillFactoryBytecode);
  const extension = await deploy(marketExtensionAbi, marketExtensionBytecode, wire, tills);
  const market = await deploy(marketAbi, marketBytecode, wire, extension);
  const createdAt = await timeOf(rpc);
  const lens = await deploy(lensAbi, lensBytecode);
  const deployed = {
    rpc,
    config,
    market,
    lens,
    tokens,
    oracles,
    tills: await findTills(rpc, market, config.stripes),
    actors: actors.map((actor) => actor.toLowerCase() as Address),
    receiver: RECEIVER,
    cover: cover.toLowerCase() as Address,
    createdAt,
  };
  await fund(deployed, deployer);
  await rpc.send('evm_setAutomine', false);
  return deployed;
}

async function create(rpc: Rpc, from: Address, data: Hex): Promise<Address> {
  const { contractAddress, status } = await transact(rpc, { from, data });
  if (!contractAddress || status !== '0x1') throw new Error('A contract could not be deployed.');
  return contractAddress.toLowerCase() as Address;
}

function findTills(rpc: Rpc, to: Address, stripes: number): Promise<Address[]> {
  const reads = Array.from({ length: stripes }, (_, j) => {
    const data = encodeFunctionData({ abi: iMarketAbi, functionName: 'tillOf', args: [BigInt(j)] });
    return ['eth_call', [{ to, data }, 'latest']] as const;
  });
  return rpc.batch<Hex>(reads).then((words) => words.map((word) => slice(word, 12)));
}

/** Time of the latest block, seconds. */
export async function timeOf(rpc: Rpc): Promise<bigint> {
  const block = await rpc.send<{ timestamp: Hex }>('eth_getBlockByNumber', 'latest', false);
  return BigInt(block.timestamp);
}

type Receipt = { contractAddress: Address | null; status: Hex };

async function transact(rpc: Rpc, transaction: { from: Address; to?: Address; data: Hex }): Promise<Receipt> {
  const hash = await rpc.send<Hex>('eth_sendTransaction', { ...transaction, gas: GAS });
  for (;;) {
    const receipt = await rpc.send<Receipt | null>('eth_getTransactionReceipt', hash);
    if (receipt) return receipt;
    await new Promise((resume) => setTimeout(resume, 2));
  }
}

function deployRateModel(rpc: Rpc, from: Address, model: RateModel): Promise<Address> {
  switch (model.kind) {
    case 'kink': {
      const args = [model.base, model.slope1, model.kink, model.slope2] as const;
      return create(rpc, from, encodeDeployData({ abi: kinkRateAbi, bytecode: kinkRateBytecode, args }));
    }
    case 'adaptive': {
      const args = [model.initialLevel, model.minLevel, model.maxLevel, model.speed] as const;
      return create(
        rpc,
        from,
        encodeDeployData({ abi: adaptiveRateAbi, bytecode: adaptiveRateBytecode, args }),
      );
    }
    case 'broken':
      // PUSH0 PUSH0 REVERT, as the code of a contract: whoever calls it fails.
      return create(rpc, from, '0x625f5ffd5f526003601df3');
  }
}

async function deployGate(rpc: Rpc, from: Address, accounts: Address[], blocked: Address): Promise<Address> {
  const data = encodeDeployData({ abi: allowListAbi, bytecode: allowListBytecode, args: [from, 0] });
  const gate = await create(rpc, from, data);
  const rights = accounts.map((account) => (account === blocked ? 11 : 15));
  const args = [accounts, rights] as const;
  await transact(rpc, {
    from,
    to: gate,
    data: encodeFunctionData({ abi: allowListAbi, functionName: 'setActions', args }),
  });
  return gate;
}

/** Gives everyone tokens, and the market everyone's approval. */
async function fund(deployed: Deployed, from: Address): Promise<void> {
  const { rpc, market, tokens, actors, receiver, cover } = deployed;
  await rpc.send('anvil_setCode', receiver, FLASH_RECEIVER);
  await rpc.send('anvil_setBalance', receiver, '0x3635c9adc5dea00000');
  await rpc.send('anvil_impersonateAccount', receiver);
  for (const [k, token] of tokens.entries()) {
    for (const account of [...actors, receiver, cover]) {
      const amount = startingBalance(deployed, account, k);
      const mint = encodeFunctionData({ abi: mockTokenAbi, functionName: 'mint', args: [account, amount] });
      await transact(rpc, { from, to: token, data: mint });
      const allowance = account === cover ? COVER_ALLOWANCE : maxUint256;
      const args = [market, allowance] as const;
      const approve = encodeFunctionData({ abi: mockTokenAbi, functionName: 'approve', args });
      await transact(rpc, { from: account, to: token, data: approve });
    }
  }
}
