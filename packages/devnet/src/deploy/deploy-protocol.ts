import { adaptiveRateAbi, adaptiveRateBytecode } from '@millrace/protocol/contracts/adaptive-rate';
import { codeStoreAbi, codeStoreBytecode } from '@millrace/protocol/contracts/code-store';
import { kinkRateAbi, kinkRateBytecode } from '@millrace/protocol/contracts/kink-rate';
import { lensAbi, lensBytecode } from '@millrace/protocol/contracts/lens';
import { marketBytecode } from '@millrace/protocol/contracts/market';
import { marketExtensionBytecode } from '@millrace/protocol/contracts/market-extension';
import { marketFactoryAbi, marketFactoryBytecode } from '@millrace/protocol/contracts/market-factory';
import { tillFactoryAbi, tillFactoryBytecode } from '@millrace/protocol/contracts/till-factory';
import type { DevnetClient } from '../chain/devnet-client.ts';
import { deployContract } from './deploy-contract.ts';
import type { Deployment } from './deployment.ts';
import { storeCode } from './store-code.ts';

const PERCENT = 10n ** 16n;

/** 0 % at no use, 4 % a year at the kink of 90 %, 64 % when all is lent. */
const KINK = [0n, 4n * PERCENT, 90n * PERCENT, 60n * PERCENT] as const;
/** Level 4 % a year, from 0.1 % to 100 %, doubling in five days of full use. */
const ADAPTIVE = [4n * PERCENT, PERCENT / 10n, 100n * PERCENT, 50n * 100n * PERCENT] as const;

/**
 * Deploys everything that markets need, from account 0. On a fresh chain the addresses are always the same.
 *
 * @example
 * ```ts
 * const client = createDevnetClient(await startAnvil())
 * const deployment = await deployProtocol(client)
 * const market = await deployMarket(client, deployment, { collaterals: [{ price: '3000' }] })
 * ```
 */
export async function deployProtocol(client: DevnetClient): Promise<Deployment> {
  const deployedAtBlock = await client.getBlockNumber();
  const codeStore = await deployContract(client, {
    abi: codeStoreAbi,
    bytecode: codeStoreBytecode,
    args: [],
  });
  const market = await storeCode(client, codeStore, marketBytecode);
  const extension = await storeCode(client, codeStore, marketExtensionBytecode);
  const tillFactory = await deployContract(client, {
    abi: tillFactoryAbi,
    bytecode: tillFactoryBytecode,
    args: [],
  });
  const marketFactory = await deployContract(client, {
    abi: marketFactoryAbi,
    bytecode: marketFactoryBytecode,
    args: [tillFactory, market, extension],
  });
  const lens = await deployContract(client, { abi: lensAbi, bytecode: lensBytecode, args: [] });
  const kinkRate = await deployContract(client, {
    abi: kinkRateAbi,
    bytecode: kinkRateBytecode,
    args: KINK,
  });
  const adaptiveRate = await deployContract(client, {
    abi: adaptiveRateAbi,
    bytecode: adaptiveRateBytecode,
    args: ADAPTIVE,
  });
  return {
    version: 1,
    chainId: client.chain.id,
    codeStore,
    tillFactory,
    marketFactory,
    lens,
    kinkRate,
    adaptiveRate,
    deployedAtBlock,
    markets: [],
  };
}
