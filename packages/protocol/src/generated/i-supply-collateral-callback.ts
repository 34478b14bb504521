// Written by `npm run generate` from contracts/src/interfaces/IMarketCallbacks.sol. Do not edit.

export const iSupplyCollateralCallbackAbi = [
  {"type":"function","name":"onSupplyCollateral","inputs":[{"name":"index","type":"uint256","internalType":"uint256"},{"name":"amount","type":"uint256","internalType":"uint256"},{"name":"data","type":"bytes","internalType":"bytes"}],"outputs":[],"stateMutability":"nonpayable"},
] as const;
