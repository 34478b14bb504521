import { parseAbi } from 'viem';

const PARAMS =
  'struct MarketParams { address loanToken; address collateralToken; address oracle; address irm; uint256 lltv; }';

export const morphoAbi = parseAbi([
  PARAMS,
  'function enableIrm(address irm)',
  'function enableLltv(uint256 lltv)',
  'function createMarket(MarketParams market)',
  'function setFee(MarketParams market, uint256 fee)',
  'function setFeeRecipient(address recipient)',
  'function supply(MarketParams market, uint256 assets, uint256 shares, address onBehalf, bytes data) returns (uint256, uint256)',
  'function withdraw(MarketParams market, uint256 assets, uint256 shares, address onBehalf, address receiver) returns (uint256, uint256)',
  'function borrow(MarketParams market, uint256 assets, uint256 shares, address onBehalf, address receiver) returns (uint256, uint256)',
  'function repay(MarketParams market, uint256 assets, uint256 shares, address onBehalf, bytes data) returns (uint256, uint256)',
  'function supplyCollateral(MarketParams market, uint256 assets, address onBehalf, bytes data)',
  'function withdrawCollateral(MarketParams market, uint256 assets, address onBehalf, address receiver)',
  'function liquidate(MarketParams market, address borrower, uint256 seizedAssets, uint256 repaidShares, bytes data) returns (uint256, uint256)',
  'function position(bytes32 id, address user) view returns (uint256 supplyShares, uint128 borrowShares, uint128 collateral)',
]);

/** The mock oracle. */
export const oracleAbi = parseAbi(['function set(uint256 price)']);

/** The mock flash borrower. */
export const flashReceiverAbi = parseAbi(['function borrow(uint256 amount)']);
