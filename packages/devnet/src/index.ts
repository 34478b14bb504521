export { findAnvilBinary } from './anvil-binary.ts';
export { DEVNET_MNEMONIC, DEVNET_NAMES, devnetAccount, devnetAccounts } from './chain/accounts.ts';
export { createDevnetClient, type DevnetClient, type DevnetClientOptions } from './chain/devnet-client.ts';
export { type MineInOneBlockOptions, mineInOneBlock } from './chain/mine-in-one-block.ts';
export { type Snapshot, snapshot } from './chain/snapshot.ts';
export { increaseTime, timeOf } from './chain/time.ts';
export { type DevnetTransaction, transact } from './chain/transact.ts';
export type { DeployCollateralOptions } from './deploy/deploy-collateral.ts';
export { type DeployComputeOptions, deployCompute } from './deploy/deploy-compute.ts';
export { deployContract } from './deploy/deploy-contract.ts';
export { type DeployMarketOptions, deployMarket } from './deploy/deploy-market.ts';
export { type DeployOracleOptions, deployOracle } from './deploy/deploy-oracle.ts';
export { deployProtocol } from './deploy/deploy-protocol.ts';
export { type DeployTokenOptions, deployToken } from './deploy/deploy-token.ts';
export {
  type DeployedCollateral,
  type DeployedCompute,
  type DeployedMarket,
  type DeployedOracle,
  type DeployedToken,
  type Deployment,
  deploymentSchema,
} from './deploy/deployment.ts';
export { deploymentPath, loadDeployment, saveDeployment } from './deploy/deployment-file.ts';
export { approve, fund } from './deploy/fund.ts';
export { PRICE_DECIMALS, parsePrice, toOraclePrice } from './deploy/price.ts';
export { buildSetPrice, type SetPriceOptions, setPrice } from './deploy/set-price.ts';
export { freePort } from './free-port.ts';
export { type Anvil, type StartAnvilOptions, startAnvil } from './start-anvil.ts';
export { tieToParent } from './tie-to-parent.ts';
