import { type Address, zeroAddress } from 'viem';
import { type BenchChain, DEPLOYER } from '../../chain/bench-chain.ts';
import { compileStandIn } from '../../compile/compile-stand-ins.ts';
import type { SolcContracts } from '../../compile/solc.ts';
import { Deployment } from '../deployment.ts';
import type { LendingProtocol } from '../lending-protocol.ts';
import { FLASH_FUNDS, PRICE } from '../numbers.ts';
import { deployToken, describeTokens, mint } from '../tokens.ts';
import { aclAbi, providerAbi } from './aave-abis.ts';
import { aaveContract, readAaveContracts } from './aave-contracts.ts';
import { type AaveMarket, aaveProtocol, FEED_UNIT } from './aave-protocol.ts';
import { deployImplementations, listReserve } from './list-reserve.ts';

/** Aave v3.0.2 with two reserves, every contract behind its proxy as on a chain. */
export async function deployAave(chain: BenchChain): Promise<LendingProtocol> {
  const contracts = readAaveContracts();
  const d = new Deployment(chain, contracts);
  const asset = await deployToken(chain, 'A');
  const collateral = await deployToken(chain, 'B');
  const provider = await deployProvider(d, contracts);
  const feeds = [
    await d.deploy('feed of asset', compileStandIn('AaveFeed'), [FEED_UNIT]),
    await d.deploy('feed of collateral', compileStandIn('AaveFeed'), [PRICE * FEED_UNIT]),
  ] as const;
  const prices = [[asset, collateral], feeds, zeroAddress, zeroAddress, FEED_UNIT];
  const oracle = await d.deploy('AaveOracle', aaveContract(contracts, 'misc/AaveOracle'), [
    provider,
    ...prices,
  ]);
  await d.send(provider, providerAbi, 'setPriceOracle', [oracle]);

  const poolCode = aaveContract(contracts, 'protocol/pool/Pool');
  const poolBehind = await d.deploy('Pool (implementation)', poolCode, [provider]);
  await d.send(provider, providerAbi, 'setPoolImpl', [poolBehind]);
  const pool = await chain.read(provider, providerAbi, 'getPool', []);
  d.description.add('Pool', pool, poolCode);
  const configuratorCode = aaveContract(contracts, 'protocol/pool/PoolConfigurator');
  const configuratorBehind = await d.deploy('PoolConfigurator (implementation)', configuratorCode);
  await d.send(provider, providerAbi, 'setPoolConfiguratorImpl', [configuratorBehind]);
  const configurator = await chain.read(provider, providerAbi, 'getPoolConfigurator', []);
  d.description.add('PoolConfigurator', configurator, configuratorCode);

  const behind = await deployImplementations(d, contracts, pool);
  const parts = { provider, pool, configurator, behind };
  await listReserve(d, contracts, parts, asset, 'A');
  await listReserve(d, contracts, parts, collateral, 'B');
  const flashReceiver = await d.deploy('FlashReceiver', compileStandIn('FlashReceiver'), [pool, asset]);
  await chain.mine([mint(asset, flashReceiver, FLASH_FUNDS)]);
  const market: AaveMarket = { pool, asset, collateral, feed: feeds[1], flashReceiver };
  return aaveProtocol(market, async () => describeTokens(d.description, asset, collateral));
}

async function deployProvider(d: Deployment, contracts: SolcContracts): Promise<Address> {
  const code = aaveContract(contracts, 'protocol/configuration/PoolAddressesProvider');
  const provider = await d.deploy('PoolAddressesProvider', code, ['bench', DEPLOYER]);
  await d.send(provider, providerAbi, 'setACLAdmin', [DEPLOYER]);
  const aclCode = aaveContract(contracts, 'protocol/configuration/ACLManager');
  const acl = await d.deploy('ACLManager', aclCode, [provider]);
  await d.send(provider, providerAbi, 'setACLManager', [acl]);
  for (const role of ['addPoolAdmin', 'addRiskAdmin', 'addEmergencyAdmin', 'addAssetListingAdmin'] as const) {
    await d.send(acl, aclAbi, role, [DEPLOYER]);
  }
  return provider;
}
